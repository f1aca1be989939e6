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

VARIABLES
  node,  \* ballot -> where its leader runs
  call   \* the read that a voter's node has under way, and the reply it got
ext == <<node, call>>

Nowhere == "nowhere"
NoCall  == [on |-> FALSE, at |-> Nowhere, start |-> <<>>, b |-> 0, v |-> 0, val |-> <<>>]

ReplyInit == Init /\ node = [b \in Ballots |-> Nowhere] /\ call = NoCall

ReplyElect(b) ==
  /\ Elect(b)
  /\ \E n \in Voters(EpochOf(b)) : node' = [node EXCEPT ![b] = n]
  /\ UNCHANGED call

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
  /\ Observe(p.val, p.start)
  /\ UNCHANGED <<replicas, leaders, readers, topology, ext>>

CallStart(a) ==
  /\ ~call.on /\ asked < MaxReads
  /\ asked' = asked + 1
  /\ call' = [NoCall EXCEPT !.on = TRUE, !.at = a, !.start = seen]
  /\ UNCHANGED <<replicas, leaders, clients, read, qread, topology, node>>

(* The leader replies when nothing is pending for the key and its own replica has
   not promised a higher ballot.                                                 *)
CallReply(b) ==
  LET n == node[b]
  IN /\ call.on /\ call.b = 0 /\ lead[b].ph = "ready"
     /\ lead[b].last.v = lead[b].com.v \/ Mut = "replyAcceptReadNotParked"
     /\ promised[n] <= b \/ Mut = "replyConfirmNoLeaderPromise"
     /\ promised' = [promised EXCEPT ![n] = IF @ < b THEN b ELSE @]
     /\ call' = [call EXCEPT !.b = b, !.v = lead[b].com.v, !.val = lead[b].com.val]
     /\ UNCHANGED <<held, acks, leaders, clients, readers, topology, node>>

CallEnd ==
  LET a == call.at
      b == call.b
  IN /\ call.on /\ b # 0 /\ held[a].v >= call.v
     /\ promised[a] <= b \/ Mut = "replyConfirmNoCallerPromise"
     /\ P2(EpochOf(b), {node[b], a})
     /\ promised' = [promised EXCEPT ![a] = IF @ < b THEN b ELSE @]
     /\ Observe(call.val, call.start)
     /\ call' = NoCall
     /\ UNCHANGED <<held, acks, leaders, readers, topology, node>>

ReplyNext ==
  \/ \E b \in Ballots : ReplyElect(b) \/ CallReply(b)
  \/ \E p \in sent, a \in Acc : CallerOk(p, a)
  \/ \E a \in Acc : CallStart(a)
  \/ CallEnd
  \/ (Promises \/ Proposes \/ Accepts \/ Reads \/ ReadEnds \/ Rest) /\ UNCHANGED ext

ReplySpec == ReplyInit /\ [][ReplyNext]_<<vars, ext>>
===============================================================================
