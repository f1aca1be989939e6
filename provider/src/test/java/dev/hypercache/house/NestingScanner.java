package dev.hypercache.house;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreeScanner;

/** Counts how deep control statements stand in each other; {@code else if} goes on at the depth of its {@code if}. */
final class NestingScanner extends TreeScanner<Void, Void> {

    private int depth;
    private int deepest;

    int of(BlockTree body) {
        scan(body, null);
        return deepest;
    }

    @Override
    public Void visitIf(IfTree tree, Void unused) {
        scan(tree.getCondition(), null);
        enter();
        scan(tree.getThenStatement(), null);
        leave();
        StatementTree otherwise = tree.getElseStatement();
        if (otherwise == null) {
            return null;
        }
        if (otherwise instanceof IfTree) {
            return scan(otherwise, null);
        }
        enter();
        scan(otherwise, null);
        leave();
        return null;
    }

    @Override
    public Void visitForLoop(ForLoopTree tree, Void unused) {
        return deeper(() -> super.visitForLoop(tree, null));
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
        return deeper(() -> super.visitEnhancedForLoop(tree, null));
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
        return deeper(() -> super.visitWhileLoop(tree, null));
    }

    @Override
    public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
        return deeper(() -> super.visitDoWhileLoop(tree, null));
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void unused) {
        return deeper(() -> super.visitSwitch(tree, null));
    }

    @Override
    public Void visitSwitchExpression(SwitchExpressionTree tree, Void unused) {
        return deeper(() -> super.visitSwitchExpression(tree, null));
    }

    @Override
    public Void visitTry(TryTree tree, Void unused) {
        return deeper(() -> super.visitTry(tree, null));
    }

    @Override
    public Void visitSynchronized(SynchronizedTree tree, Void unused) {
        return deeper(() -> super.visitSynchronized(tree, null));
    }

    /** The methods of an anonymous class are measured on their own. */
    @Override
    public Void visitClass(ClassTree tree, Void unused) {
        return null;
    }

    private Void deeper(Runnable inside) {
        enter();
        inside.run();
        leave();
        return null;
    }

    private void enter() {
        depth++;
        deepest = Math.max(deepest, depth);
    }

    private void leave() {
        depth--;
    }
}
