-------------------------------- MODULE Reply ---------------------------------
(* The reply is the accept, and the reply is the confirm; also across a switch.

   When the node that a client asked is itself a voter of the slot, the leader's
   reply carries the accept. The caller's node applies it by the ordinary rule and
   answers its client at once if leader and caller are a majority of those who
   accept in the ballot's epoch. The leader does not know that yet, and may never
   learn it: until the caller's acknowledgement arrives, its reads must wait.

   A read works the same way: the leader's own promise, checked when it replies,
   and the caller's, checked when the reply arrives, are a majority's confirm.

   The leader runs on a node, which may be any voter of its epoch: in a switch
   also one that is leaving, which then counts in no majority.                   *)
EXTENDS Register

VARIABLE node   \* ballot -> where its leader runs

Nowhere == "nowhere"

ReplyInit == Init /\ node = [b \in Ballots |-> Nowhere]

ReplyElect(b) ==
  /\ Elect(b)
  /\ \E n \in Voters(EpochOf(b)) : node' = [node EXCEPT ![b] = n]

(* A leader on a node that is leaving accepts its own writes where nobody counts.*)
LeaderHas(p) == \/ <<p.b, p.v, node[p.b]>> \in acks
                \/ Mut = "replyAcceptAnyTwo" /\ node[p.b] \notin Targets(EpochOf(p.b))

(* The caller's node answers OK. That it accepted is an Accept as any other.     *)
CallerOk(p, a) ==
  /\ lead[p.b].ph = "ready" /\ p.v > Again(p.b) /\ ~Prefix(p.val, seen)
  /\ a # node[p.b] /\ a \in Targets(EpochOf(p.b))
  /\ LeaderHas(p)
  /\ <<p.b, p.v, a>> \in acks \/ Mut = "replyAcceptNoPromiseCheck"
  /\ P2(EpochOf(p.b), {node[p.b], a}) \/ Mut = "replyAcceptAnyTwo"
  /\ Observe(p.val, <<>>)
  /\ UNCHANGED <<replicas, leaders, readers, topology, node>>

(* The caller's node answers a read. The leader replies when nothing is pending for
   the key, so what it replies is committed, and the caller need not hold it. The
   call is one step for the reason that Read is one.                             *)
CallerRead(b, a) ==
  /\ lead[b].ph = "ready" /\ a # node[b] /\ P2(EpochOf(b), {node[b], a})
  /\ ~Pending(b) \/ Mut = "replyAcceptReadNotParked"
  /\ promised[node[b]] <= b \/ Mut = "replyConfirmNoLeaderPromise"
  /\ promised[a] <= b \/ Mut = "replyConfirmNoCallerPromise"
  /\ Observe(lead[b].com.val, seen)
  /\ UNCHANGED <<replicas, leaders, readers, topology, node>>

ReplyNext ==
  \/ \E b \in Ballots : ReplyElect(b) \/ (\E a \in Acc : CallerRead(b, a))
  \/ \E p \in sent, a \in Acc : CallerOk(p, a)
  \/ (Promises \/ Proposes \/ Accepts \/ Reads \/ ReadEnds \/ Rest) /\ UNCHANGED node

ReplySpec == ReplyInit /\ [][ReplyNext]_<<vars, node>>
===============================================================================
