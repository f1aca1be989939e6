------------------------------- MODULE Quorums --------------------------------
(* Who counts, and how things are numbered; shared by Register and Clear.

   A ballot is 10 * epoch + round, a version 10 * ballot + sequence.
   Epoch 0: replicas C0. Epoch 1: switching. Epoch 2: C1 alone. Under a ballot
   sequence 1 is what a takeover proposes again, and writes follow.               *)
EXTENDS Naturals, Sequences, FiniteSets, TLC

CONSTANTS
  Acc,      \* every replica that votes at some time
  C0, C1,   \* the voters before and after the switch
  Ballots,  \* the ballots that may be tried
  Ops,      \* the operations of clients
  MaxSeq,   \* writes that one leader proposes at most
  Twins,    \* sets of interchangeable values, for the symmetry
  Mut       \* the one mistake that is made on purpose, or "none"

EpochOf(b)  == b \div 10
BallotOf(v) == v \div 10
Again(b)    == 10 * b + 1        \* the version under which a takeover proposes again
IsMajority(X, S) == 2 * Cardinality(X \cap S) > Cardinality(S)
Voters(e)  == IF e = 0 THEN C0 ELSE IF e = 1 THEN C0 \cup C1 ELSE C1
Targets(e) == IF e = 0 THEN C0 ELSE C1
P1(e, X) == IF e = 1 THEN (IsMajority(X, C0) \/ Mut = "p1NewOnly") /\ IsMajority(X, C1)
            ELSE IsMajority(X, Targets(e))
P2(e, X) == IsMajority(X, Targets(e))

(* Does a majority of the configuration that version v was written in hold it?
   In epoch 2 nobody asks the old voters any more; a version of theirs that a
   majority of C1 holds was brought there by a leader of epoch 1.                *)
Chosen(v, holders, e) ==
  IsMajority(holders, IF EpochOf(BallotOf(v)) = 0 /\ e # 2 THEN C0 ELSE Targets(e))

Prefix(s, t) == Len(s) <= Len(t) /\ SubSeq(t, 1, Len(s)) = s
In(x, s)     == \E i \in 1..Len(s) : s[i] = x
Last(s)      == s[Len(s)]

Symmetry == UNION {Permutations(S) : S \in Twins}
===============================================================================
