-------------------------------- MODULE Clear ---------------------------------
(* Clearing a cache: one accept per slot raises `clearedAt`, which ranks as a
   version for every key of the cache in the slot. A replica drops what is older
   and from then on refuses it.

   For one key a clear is a write like any other: `held` is the key's effective
   state, record or clear, whichever is newer, and what a clear pushed out is gone.
   What is special is that the same register ranks for all other keys, too, so a
   takeover that proposes it again under a new version touches keys that the clear
   did not touch before. The rule that holds:

     If a majority of the clear's configuration replied it, it is chosen and keeps
     its version. Otherwise every key whose newest record is newer than the clear,
     chosen or not, is proposed again first, as (b, 1..), and a majority must hold
     it; only then is the clear proposed again, as (b, 0), below them. Keys that
     are not newer than the clear wait for that.

   And the outcome of a clear that was proposed again is not known as done any
   more: a leader between may have written to a key without having seen it. Its
   token then answers "indeterminate".                                           *)
EXTENDS Register

CONSTANT Clears   \* the operations that are clears, a subset of Ops

VARIABLES
  cleared,  \* replica -> clearedAt; its val is what that made of the key, a ghost
  found     \* ballot -> the highest clearedAt among the promises, and who had it
ext == <<cleared, found>>

IsClear(x) == x.val # <<>> /\ Last(x.val) \in Clears

ClearInit == /\ Init
             /\ cleared = [a \in Acc |-> Empty]
             /\ found = [b \in Ballots |-> [at |-> Empty, by |-> {}]]

ClearPromise(b, a) ==
  /\ Promise(b, a)
  /\ found' = [found EXCEPT ![b] =
       IF cleared[a].v > @.at.v THEN [at |-> cleared[a], by |-> {a}]
       ELSE IF cleared[a].v = @.at.v THEN [@ EXCEPT !.by = @ \cup {a}] ELSE @]
  /\ UNCHANGED cleared

ClearChosen(b) == found[b].at.v = 0 \/ Chosen(found[b].at.v, found[b].by, EpochOf(b))
RecordOnTop(b) == Top(b).v > found[b].at.v

ClearElect(b) ==
  /\ CanElect(b) /\ Mut # "clearNotReproposed"
  /\ TakeOver(b,
       IF RecordOnTop(b) /\ ~ClearChosen(b) /\ Mut \notin {"clearSparesChosen", "clearKeepsVersion"} THEN Again(b)
       ELSE IF Chosen(Top(b).v, TopHolders(b), EpochOf(b)) THEN Top(b).v
       ELSE IF RecordOnTop(b) THEN Again(b)
       ELSE IF Mut = "clearKeepsVersion" THEN Top(b).v
       ELSE 10 * b)
  /\ UNCHANGED ext

(* Mutation: the leader obeys the clear that it found and tells nobody.          *)
ClearElectAlone(b) ==
  /\ CanElect(b) /\ Mut = "clearNotReproposed"
  /\ IF RecordOnTop(b) \/ ClearChosen(b)
     THEN TakeOver(b, IF Chosen(Top(b).v, TopHolders(b), EpochOf(b)) THEN Top(b).v ELSE Again(b))
     ELSE /\ lead' = [lead EXCEPT ![b] = [ph |-> "ready", got |-> NoReplies, last |-> Top(b), com |-> Top(b), seq |-> 0]]
          /\ UNCHANGED <<replicas, sent, clients, readers, topology>>
  /\ UNCHANGED ext

(* The clear itself, for the other keys of the cache, once this key is safe above.
   Mutation clearBeforeRecords: at once, "before those keys are served".         *)
ClearAgain(b) ==
  LET p == [b |-> b, v |-> 10 * b, val |-> found[b].at.val]
      phases == IF Mut = "clearBeforeRecords" THEN {"sync", "ready"} ELSE {"ready"}
  IN /\ lead[b].ph \in phases /\ ~ClearChosen(b) /\ Mut \notin {"clearNotReproposed", "clearKeepsVersion"}
     /\ p \notin sent
     /\ sent' = sent \cup {p}
     /\ UNCHANGED <<replicas, lead, clients, readers, topology, ext>>

ClearAccept(p, a) ==
  /\ Accept(p, a)
  /\ cleared' = IF IsClear(p) /\ cleared[a].v < p.v
                THEN [cleared EXCEPT ![a] = [v |-> p.v, val |-> p.val]] ELSE cleared
  /\ UNCHANGED found

(* Mutation: a record is only compared with the record, of which a clear leaves none.*)
AcceptBelowClear(p, a) ==
  /\ Mut = "clearRanksBelow" /\ ~IsClear(p) /\ IsClear(held[a]) /\ p.v < held[a].v
  /\ a \in Targets(EpochOf(p.b)) /\ promised[a] <= p.b
  /\ promised' = [promised EXCEPT ![a] = p.b]
  /\ held' = [held EXCEPT ![a] = [v |-> p.v, val |-> p.val]]
  /\ UNCHANGED <<acks, leaders, clients, readers, topology, ext>>

(* The client of a clear asks again; the leader knows the token from the register
   that it took over.                                                            *)
ClearDone(b) ==
  /\ lead[b].ph = "ready" /\ found[b].at.v # 0 /\ lead[b].last.v = lead[b].com.v
  /\ ClearChosen(b) \/ Mut = "clearTokenKept"
  /\ bad' = (bad \/ ~In(Last(found[b].at.val), lead[b].com.val))
  /\ UNCHANGED <<replicas, leaders, seen, readers, topology, ext>>

ClearNext ==
  \/ \E b \in Ballots, a \in Acc : ClearPromise(b, a)
  \/ \E b \in Ballots : ClearElect(b) \/ ClearElectAlone(b) \/ ClearAgain(b) \/ ClearDone(b)
  \/ \E p \in sent, a \in Acc : ClearAccept(p, a) \/ AcceptBelowClear(p, a)
  \/ (Proposes \/ Reads \/ ReadEnds \/ Rest) /\ UNCHANGED ext

ClearSpec == ClearInit /\ [][ClearNext]_<<vars, ext>>
===============================================================================
