-------------------------------- MODULE Holds ---------------------------------
(* A load and the mutations that race with it.

   A caller that misses gets a hold on the key from the leader, loads the value
   from its source, and sends it as a fill. Another caller changes the source and
   then evicts the key from the cache. If the load read the source before the
   change and the fill came after the eviction, the cache would serve the old value
   for ever. So a mutation breaks the hold of a load, also one that finds nothing
   to remove, and a leader fills only on a hold that it granted itself.

   That is not enough across leaders. A mutation that finds nothing is answered
   like a read and leaves no version behind; a fill that a deposed leader had sent
   to one replica then ranks highest at the next takeover, and is proposed again.
   Hence the rule: a mutation that changes nothing leaves an accept, unless the
   key's version is already one of this ballot, which outranks all that older
   leaders sent. Mutation absentRemoveLeavesNothing is the protocol without it.

   Ops are puts. A value is present unless its last operation is a remove; a clear
   and an expiry break holds as a remove does. One load is enough.               *)
EXTENDS Register

CONSTANTS Fill, Removes

VARIABLES
  grant,  \* the ballot that granted the hold to the load; 0 before it began
  hold,   \* ballots whose leaders know the hold as unbroken
  late,   \* mutations that were proposed since the load began, and not before
  absent, \* ballot -> the read at its leader is a remove, begun after the load, that found nothing, not even its fill
  gone    \* such a remove was acknowledged
ext == <<grant, hold, late, absent, gone>>

Present(val) == val # <<>> /\ Last(val) \notin Removes
Loading == grant # 0
New(op) == \A p \in sent : ~In(op, p.val)   \* no leader proposed it yet

HoldInit == /\ Init /\ grant = 0 /\ hold = {} /\ late = {} /\ gone = FALSE
            /\ absent = [b \in Ballots |-> FALSE]

Grant(b) ==
  /\ lead[b].ph = "ready" /\ ~Loading /\ ~Present(lead[b].last.val)
  /\ grant' = b /\ hold' = hold \cup {b}
  /\ UNCHANGED <<vars, late, absent, gone>>

(* The holder registers again at a later leader, so that others queue behind it. It
   makes no difference here unless that leader takes the fill.                    *)
HoldAgain(b) ==
  /\ Mut = "holdOfOldBallotFills" /\ lead[b].ph = "ready" /\ Loading /\ b > grant /\ b \notin hold
  /\ hold' = hold \cup {b}
  /\ UNCHANGED <<vars, grant, late, absent, gone>>

Mutate(b, op) ==
  /\ op \in Removes => Present(lead[b].last.val)
  /\ Propose(b, op)
  /\ late' = IF Loading /\ New(op) THEN late \cup {op} ELSE late
  /\ hold' = hold \ {b}
  /\ UNCHANGED <<grant, absent, gone>>

OwnVersion(b) == BallotOf(lead[b].last.v) = b

RemoveAbsent(b, op) ==
  /\ lead[b].ph = "ready" /\ ~Present(lead[b].last.val)
  /\ IF OwnVersion(b) \/ Mut = "absentRemoveLeavesNothing"
     THEN /\ ReadStart(b)
          /\ absent' = [absent EXCEPT ![b] = Loading /\ ~In(Fill, lead[b].last.val)]
          /\ UNCHANGED late
     ELSE /\ Propose(b, op)
          /\ late' = IF Loading /\ New(op) THEN late \cup {op} ELSE late
          /\ UNCHANGED absent
  /\ hold' = IF Mut = "holdNotBrokenByAbsentRemove" THEN hold ELSE hold \ {b}
  /\ UNCHANGED <<grant, gone>>

HoldReadEnd(b) ==
  /\ ReadEnd(b)
  /\ gone' = (gone \/ absent[b])
  /\ absent' = [absent EXCEPT ![b] = FALSE]
  /\ UNCHANGED <<grant, hold, late>>

SendFill(b) ==
  /\ Loading /\ b \in hold /\ ~Present(lead[b].last.val)
  /\ b = grant \/ Mut = "holdOfOldBallotFills"
  /\ Propose(b, Fill)
  /\ hold' = hold \ {b}
  /\ UNCHANGED <<grant, late, absent, gone>>

HoldNext ==
  \/ \E b \in Ballots : Grant(b) \/ HoldAgain(b) \/ SendFill(b) \/ HoldReadEnd(b)
  \/ \E b \in Ballots, op \in Ops \cup Removes : Mutate(b, op)
  \/ \E b \in Ballots, op \in Removes : RemoveAbsent(b, op)
  \/ (Promises \/ Elects \/ Accepts \/ Reads \/ Rest) /\ UNCHANGED ext

HoldSpec == HoldInit /\ [][HoldNext]_<<vars, ext>>

(* What a load read before a mutation took effect is never installed after it.    *)
NoStaleFill ==
  In(Fill, seen) => /\ ~gone
                    /\ \A i, j \in 1..Len(seen) : seen[j] = Fill /\ seen[i] \in late => i > j
===============================================================================
