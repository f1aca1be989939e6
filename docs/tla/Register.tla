------------------------------- MODULE Register -------------------------------
(* The slot-leader register: one slot, one representative key.

   A leader is elected for a ballot by promises, proposes one version after the
   other under it, and answers when a majority accepted. The replicas of the slot
   may be switched from C0 to C1 meanwhile. The question is always the same: is
   what clients see linearizable?

   Values. Every operation is a read-modify-write that appends itself, so the
   value of the key is the sequence of all operations that made it. A value
   therefore carries its whole lineage, and "linearizable" becomes "what was seen
   later extends what was seen before".

   Network. A lost message is an action that never happens. A delayed or repeated
   accept is an Accept taken late: `sent` only grows. Promises only grow, too, so
   a confirm that a read could get at any time it could get when it was asked for,
   and a read that needs to wait for nothing is one step: whatever goes wrong in a
   longer one goes wrong in that one.

   Mut switches one deliberate mistake on. With "none" this is the protocol.     *)
EXTENDS Quorums

CONSTANTS
  MaxReads,        \* reads through leaders that find an accept pending and wait
  MaxQuorumReads   \* reads of a majority without a leader, after those

VARIABLES
  epoch,     \* newest epoch in the topology log
  promised,  \* replica -> highest ballot promised
  held,      \* replica -> version and value that it holds
  lead,      \* ballot -> its leader's state
  sent,      \* every accept ever sent
  acks,      \* <<ballot, version, replica>>: the replica said "I hold >= version"
  seen,      \* longest value that any client was shown
  bad,       \* a client was shown something that contradicts this
  read,      \* ballot -> the read at its leader
  qread,     \* the quorum read in flight
  asked,     \* reads begun
  forgot     \* a replica lost its memory (mutation amnesia only)

replicas == <<promised, held, acks>>
leaders  == <<lead, sent>>
clients  == <<seen, bad>>
readers  == <<read, qread, asked>>
topology == <<epoch, forgot>>
vars     == <<replicas, leaders, clients, readers, topology>>

Empty   == [v |-> 0, val |-> <<>>]
NoReply == [v |-> 9999, val |-> <<>>]
NoRead  == [on |-> FALSE, early |-> FALSE, start |-> <<>>, v |-> 0, val |-> <<>>]
NoReplies == [a \in Acc |-> NoReply]
NoQuorumRead == [on |-> FALSE, e |-> 0, start |-> <<>>, got |-> NoReplies]

Acked(b, v)  == {a \in Acc : <<b, v, a>> \in acks}

Init == /\ epoch = 0 /\ forgot = FALSE
        /\ promised = [a \in Acc |-> 0] /\ held = [a \in Acc |-> Empty] /\ acks = {}
        /\ lead = [b \in Ballots |-> [ph |-> "p1", got |-> NoReplies, last |-> Empty, com |-> Empty, seq |-> 0]]
        /\ sent = {} /\ seen = <<>> /\ bad = FALSE
        /\ read = [b \in Ballots |-> NoRead] /\ qread = NoQuorumRead /\ asked = 0

(* A client is shown a value: an acknowledged write, or a read. `start` is what
   had been shown to anybody when its operation began.                           *)
Observe(val, start) ==
  /\ seen' = IF Len(val) > Len(seen) THEN val ELSE seen
  /\ bad' = (bad \/ ~Prefix(start, val) \/ ~(Prefix(seen, val) \/ Prefix(val, seen)))

-------------------------------------------------------------------------------
(* Takeover. The leader of b collects promises with what each replica holds.     *)

Promise(b, a) ==
  /\ lead[b].ph = "p1" /\ EpochOf(b) <= epoch /\ a \in Voters(EpochOf(b))
  /\ lead[b].got[a] = NoReply /\ promised[a] < b
  /\ promised' = [promised EXCEPT ![a] = b]
  /\ lead' = [lead EXCEPT ![b].got[a] = held[a]]
  /\ UNCHANGED <<held, acks, sent, clients, readers, topology>>

Replied(b) == {a \in Acc : lead[b].got[a] # NoReply}
Top(b) == LET got == lead[b].got
          IN got[CHOOSE a \in Replied(b) : \A o \in Replied(b) : got[o].v <= got[a].v]
TopHolders(b) == {a \in Replied(b) : lead[b].got[a].v = Top(b).v}

CanElect(b) == lead[b].ph = "p1" /\ P1(EpochOf(b), Replied(b))

(* Propose the highest value replied, under its own version or a new one. Who
   replied a version that is kept has accepted it; if that is enough the leader is
   ready at once, and a client that asks again may be answered from there.        *)
TakeOver(b, v) ==
  LET top == [v |-> v, val |-> Top(b).val]
      have == IF v = Top(b).v THEN TopHolders(b) ELSE {}
      enough == P2(EpochOf(b), have)
  IN /\ lead' = [lead EXCEPT ![b] = [ph |-> IF enough THEN "ready" ELSE "sync", got |-> NoReplies, seq |-> 0,
                                     last |-> top, com |-> IF enough THEN top ELSE Empty]]
     /\ sent' = IF v = 0 THEN sent ELSE sent \cup {[b |-> b, v |-> v, val |-> top.val]}
     /\ acks' = acks \cup {<<b, v, a>> : a \in have}
     /\ IF enough THEN Observe(top.val, <<>>) ELSE UNCHANGED clients
     /\ UNCHANGED <<promised, held, readers, topology>>

(* A chosen version is kept. One that may be unchosen must not be: a version
   between the two could have been promised away and would win later.            *)
Elect(b) ==
  /\ CanElect(b)
  /\ TakeOver(b, IF Chosen(Top(b).v, TopHolders(b), EpochOf(b)) \/ Mut = "keepVersion"
                 THEN Top(b).v ELSE Again(b))

Ready(b) ==
  /\ lead[b].ph = "sync" /\ P2(EpochOf(b), Acked(b, lead[b].last.v))
  /\ lead' = [lead EXCEPT ![b].ph = "ready", ![b].com = lead[b].last]
  /\ Observe(lead[b].last.val, <<>>)
  /\ UNCHANGED <<replicas, sent, readers, topology>>

-------------------------------------------------------------------------------
(* Writes. The one apply rule: refuse below the promise, install what is newer,
   answer "I hold >= v" in either case.                                          *)

Propose(b, op) ==
  /\ lead[b].ph = "ready" /\ lead[b].seq < MaxSeq /\ ~In(op, lead[b].last.val)
  /\ LET new == [v |-> Again(b) + lead[b].seq + 1, val |-> Append(lead[b].last.val, op)]
     IN /\ sent' = sent \cup {[b |-> b, v |-> new.v, val |-> new.val]}
        /\ lead' = [lead EXCEPT ![b].last = new, ![b].seq = @ + 1]
  /\ UNCHANGED <<replicas, clients, readers, topology>>

Accept(p, a) ==
  /\ a \in Targets(EpochOf(p.b)) /\ <<p.b, p.v, a>> \notin acks
  /\ promised[a] <= p.b \/ Mut = "aeIgnoresPromise"
  /\ promised' = [promised EXCEPT ![a] = IF @ < p.b THEN p.b ELSE @]
  /\ held' = IF held[a].v < p.v THEN [held EXCEPT ![a] = [v |-> p.v, val |-> p.val]] ELSE held
  /\ acks' = acks \cup {<<p.b, p.v, a>>}
  /\ UNCHANGED <<leaders, clients, readers, topology>>

Commit(b, p) ==
  /\ p.b = b /\ lead[b].ph = "ready" /\ p.v > lead[b].com.v
  /\ P2(EpochOf(b), Acked(b, p.v))
  /\ lead' = [lead EXCEPT ![b].com = [v |-> p.v, val |-> p.val]]
  /\ Observe(p.val, <<>>)    \* an operation that is new cannot be missing from what was seen before
  /\ UNCHANGED <<replicas, sent, readers, topology>>

-------------------------------------------------------------------------------
(* Reads at the leader: after the read arrived, a majority confirms that it
   promised no higher ballot. When nothing is pending the answer is what is
   committed. Else the read notes the newest version on arrival and waits until it
   is committed; then the answer may be that, or what is committed by then.       *)

Confirmed(b) == P2(EpochOf(b), {a \in Acc : promised[a] <= b})
MayAnswer(b) == CASE Mut = "noConfirm"         -> TRUE
                  [] Mut = "confirmBeforeRead" -> read[b].early
                  [] OTHER                     -> Confirmed(b)
Pending(b) == lead[b].last.v # lead[b].com.v

Read(b) ==
  /\ lead[b].ph = "ready" /\ MayAnswer(b)
  /\ ~Pending(b) \/ Mut \in {"dirtyRead", "replyAcceptReadNotParked"}
  /\ Observe(IF Mut = "dirtyRead" THEN lead[b].last.val ELSE lead[b].com.val, seen)
  /\ UNCHANGED <<replicas, leaders, readers, topology>>

ReadStart(b) ==
  /\ lead[b].ph = "ready" /\ ~read[b].on /\ MayAnswer(b) /\ asked < MaxReads
  /\ asked' = asked + 1
  /\ read' = [read EXCEPT ![b] = [on |-> TRUE, early |-> @.early, start |-> seen,
                                  v |-> lead[b].last.v, val |-> lead[b].last.val]]
  /\ UNCHANGED <<replicas, leaders, clients, qread, topology>>

ReadEnd(b) ==
  /\ read[b].on /\ lead[b].com.v >= read[b].v
  /\ \E val \in {read[b].val, lead[b].com.val} : Observe(val, read[b].start)
  /\ read' = [read EXCEPT ![b] = [NoRead EXCEPT !.early = read[b].early]]
  /\ UNCHANGED <<replicas, leaders, qread, asked, topology>>

(* Mutation: a confirm that nobody asked for yet.                                *)
ConfirmEarly(b) ==
  /\ Mut = "confirmBeforeRead" /\ lead[b].ph = "ready" /\ Confirmed(b)
  /\ read' = [read EXCEPT ![b].early = TRUE]
  /\ UNCHANGED <<replicas, leaders, clients, qread, asked, topology>>

-------------------------------------------------------------------------------
(* Quorum reads by any node, which may know an old epoch. Only in epochs without
   a switch; a replica that promised a newer epoch refuses. When no majority holds
   the newest version, the read waits for a repeated Accept, which is the
   write-back, or for ever, which stands for going to the leader.                *)

QuorumReadStart(e) ==
  /\ ~qread.on /\ e <= epoch /\ (e # 1 \/ Mut = "qreadInSwitch")
  /\ asked >= MaxReads /\ asked < MaxReads + MaxQuorumReads
  /\ asked' = asked + 1
  /\ qread' = [on |-> TRUE, e |-> e, start |-> seen, got |-> NoReplies]
  /\ UNCHANGED <<replicas, leaders, clients, read, topology>>

QuorumReadGet(a) ==
  /\ qread.on /\ a \in Targets(qread.e) /\ qread.got[a] = NoReply
  /\ EpochOf(promised[a]) <= qread.e \/ Mut = "qreadNoEpoch"
  /\ qread' = [qread EXCEPT !.got[a] = held[a]]
  /\ UNCHANGED <<replicas, leaders, clients, read, asked, topology>>

QuorumReadEnd ==
  LET got == {a \in Acc : qread.got[a] # NoReply}
      top == CHOOSE a \in got : \A o \in got : qread.got[o].v <= qread.got[a].v
      holders == {a \in got : qread.got[a].v = qread.got[top].v}
  IN /\ qread.on /\ IsMajority(got, Targets(qread.e))
     /\ IsMajority(holders, Targets(qread.e)) \/ Mut = "qreadNoWriteback"
     /\ Observe(qread.got[top].val, qread.start)
     /\ qread' = NoQuorumRead
     /\ UNCHANGED <<replicas, leaders, read, asked, topology>>

-------------------------------------------------------------------------------
(* Topology. A switch completes when a leader of epoch 1 saw the key on a majority
   of the new voters.                                                            *)

Switch == /\ epoch = 0 /\ \E b \in Ballots : EpochOf(b) = 1
          /\ epoch' = 1
          /\ UNCHANGED <<replicas, leaders, clients, readers, forgot>>

Complete == /\ epoch = 1
            /\ (\E b \in Ballots : EpochOf(b) = 1 /\ lead[b].ph = "ready") \/ Mut = "earlyComplete"
            /\ epoch' = 2
            /\ UNCHANGED <<replicas, leaders, clients, readers, forgot>>

(* A replica restarts without its memory but with its old identity and votes.    *)
Forget(a) == /\ Mut = "amnesia" /\ ~forgot /\ forgot' = TRUE
             /\ promised' = [promised EXCEPT ![a] = 0] /\ held' = [held EXCEPT ![a] = Empty]
             /\ UNCHANGED <<acks, leaders, clients, readers, epoch>>

-------------------------------------------------------------------------------
(* Modules that extend this one replace some groups of steps and keep the rest.  *)
(* No leader asks on when it has a quorum: with one key, what it could do with more
   replies it does with some quorum among them.                                  *)
Promises == \E b \in Ballots, a \in Acc : ~CanElect(b) /\ Promise(b, a)
Elects   == \E b \in Ballots : Elect(b)
Proposes == \E b \in Ballots, op \in Ops : Propose(b, op)
Accepts  == \E p \in sent, a \in Acc : Accept(p, a)
Reads    == \E b \in Ballots : ReadStart(b)
ReadEnds == \E b \in Ballots : ReadEnd(b)
Rest == \/ \E b \in Ballots : Ready(b) \/ Read(b) \/ ConfirmEarly(b) \/ (\E p \in sent : Commit(b, p))
        \/ \E e \in 0..2 : QuorumReadStart(e)
        \/ \E a \in Acc : QuorumReadGet(a) \/ Forget(a)
        \/ QuorumReadEnd \/ Switch \/ Complete

Next == Promises \/ Elects \/ Proposes \/ Accepts \/ Reads \/ ReadEnds \/ Rest
Spec == Init /\ [][Next]_vars

Linearizable == ~bad

(* Bounds for some configurations: leaders come one after the other, and only the
   first two write.                                                              *)
TwoWrite == \A b \in Ballots : b > 2 => lead[b].seq = 0
InOrder == \A b, o \in Ballots : o < b /\ lead[o].ph = "p1" => lead[b].ph = "p1" /\ lead[b].got = NoReplies
===============================================================================
