package dev.hypercache.examples.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Another process that answers questions, a line each; it ends when this one does. */
final class Pipe implements AutoCloseable {

    /** In front of an answer, to tell it from what a library prints. */
    static final String ANSWER = "answer ";

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    Pipe(Contender contender, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(contender.jvmOptions());
        command.addAll(List.of("-cp", contender.classPath(), main.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    void tell(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
    }

    String ask(String question) throws IOException {
        tell(question);
        return answer();
    }

    /** Waits for the next one. */
    String answer() throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
        }
        throw new IOException("A process ended that was to answer: " + process.info());
    }

    /** Processor time that it has taken so far. */
    static long cpuNanos(ProcessHandle process) {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Kills it: members take no leave, there is nothing to keep. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
