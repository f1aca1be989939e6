-------------------------------- MODULE Clear ---------------------------------
(* Clearing a cache: one mark per slot takes every record of the cache, and does so
   at one point. Some keys of one cache in one slot, with all their leaders.

   A mark may reach a few replicas only and be found by a later leader, after
   another one had written without knowing it. Ranking it with the versions of
   records does not do. At its old rank it comes below what was written without
   it; given a new one it takes what was written after it. Hence:

     - A mark has an origin `o`, the version under which it was performed, that
       never changes, and `at`, the ballot under which it was accepted last. Of two
       marks the one with the later `at` stands. Who finds one that may be unchosen
       sends it again under his own ballot.
     - A version says which mark its writer knew (`o` of a record). A mark takes
       the records that were written before without it; those that were written
       knowing it stay, whatever ballot it gets.
     - A record of a ballot after `at` whose writer did not know the mark refutes
       it: it was never chosen, and is performed anew, as one more clear. So is a
       mark that was performed after the one that stands and passed by since.
     - Accepts carry a mark of their cache that is not known to be chosen, and reads
       wait for it.

   Values are lineages as in Register. A clear appends itself to the value of every
   key, by which we see whether it happened, how often, and before what.

   Fewer states. A takeover is decided with the last promise it needs. What was
   chosen is shown to a client at once, so a read adds nothing to what was shown:
   reads are an invariant. Leaders and accepts that can have no effect any more are
   forgotten.                                                                     *)
EXTENDS Quorums

CONSTANTS
  Keys,
  Clears,      \* the operations that are clears
  Script,      \* ballot -> the operations that its leader may perform
  LateClears   \* whether replicas outside the quorum tell of marks later

VARIABLES
  epoch,     \* newest epoch in the topology log
  promised,  \* replica -> highest ballot promised
  rec,       \* replica -> key -> version, origin of the mark known, value
  clr,       \* replica -> the mark that stands there
  lead,      \* ballot -> its leader's state
  sent,      \* accepts, and by whom they were answered
  seen,      \* key -> longest value that any client was shown
  bad        \* a client was shown something that contradicts this
vars == <<epoch, promised, rec, clr, lead, sent, seen, bad>>

NoRecord == [v |-> 0, o |-> 0, val |-> <<>>]
NoMark   == [o |-> 0, at |-> 0, ops |-> <<>>, vals |-> [k \in Keys |-> <<>>]]
Nobody   == [ph |-> "p1", got |-> {}, mark |-> NoMark, chosen |-> FALSE, seq |-> 0,
             last |-> [k \in Keys |-> NoRecord], com |-> [k \in Keys |-> 0]]

Without(s, t) == SelectSeq(s, LAMBDA x : ~In(x, t))
Once(s) == \A i, j \in 1..Len(s) : i # j => s[i] # s[j]
Newest(S) == CHOOSE r \in S : \A o \in S : o.v <= r.v

(* The value of a key after a clear. Clears before it in its lineage may have had no
   part in the value; the clear itself happens now, even if that is once too often. *)
After(val, ops) == Append(val \o Without(SubSeq(ops, 1, Len(ops) - 1), val), Last(ops))

(* Which of two marks stands.                                                      *)
Above(m, n) == IF Mut \in {"clearsByRank", "clearKeepsRank"} THEN m.o > n.o \/ (m.o = n.o /\ m.at > n.at)
               ELSE m.at > n.at \/ (m.at = n.at /\ m.o > n.o)

(* Where a mark stands among the versions: below all of the ballot that it was adopted under.
   Does it take a record?                                                          *)
Rank(m) == IF BallotOf(m.o) = m.at THEN m.o ELSE 10 * m.at
Takes(m, r) ==
  /\ m.o # 0
  /\ CASE Mut \in {"clearKeepsRank", "clearTakesNewRank"} -> r.v < m.o
       [] Mut = "clearKnownBySequence" /\ BallotOf(r.v) = BallotOf(m.o) -> r.v < m.o
       [] Mut = "clearTakesWholeBallot" -> r.o # m.o /\ BallotOf(r.v) <= m.at
       [] OTHER -> r.o # m.o /\ r.v <= Rank(m)

(* Is mark m of a later origin than n, and not what n did, performed once more?    *)
PassedBy(m, n) == m.o > n.o /\ (Without(m.ops, n.ops) # <<>> \/ Mut = "clearRetriedAnew")

Init == /\ epoch = 0 /\ promised = [a \in Acc |-> 0]
        /\ rec = [a \in Acc |-> [k \in Keys |-> NoRecord]] /\ clr = [a \in Acc |-> NoMark]
        /\ lead = [b \in Ballots |-> Nobody] /\ sent = {}
        /\ seen = [k \in Keys |-> <<>>] /\ bad = FALSE

Show(vals, D) ==
  /\ seen' = [k \in Keys |-> IF k \in D /\ Len(vals[k]) > Len(seen[k]) THEN vals[k] ELSE seen[k]]
  /\ bad' = (bad \/ \E k \in D : \/ ~Once(vals[k])
                                 \/ ~(Prefix(seen[k], vals[k]) \/ Prefix(vals[k], seen[k])))
ShowNothing == UNCHANGED <<seen, bad>>

(* Leaders whom nobody can follow any more, and accepts that nobody can take.      *)
Living(ld, prom) == [b \in Ballots |->
  LET e == EpochOf(b)
      follows == IF ld[b].ph = "on" THEN \E a \in Targets(e) : prom[a] <= b
                 ELSE P1(e, {g.a : g \in ld[b].got} \cup {a \in Voters(e) : prom[a] < b})
  IN IF ld[b].ph = "dead" \/ follows THEN ld[b] ELSE [Nobody EXCEPT !.ph = "dead"]]
Open(accepts, prom) == {p \in accepts : \E a \in Targets(EpochOf(p.b)) : prom[a] <= p.b /\ a \notin p.by}

-------------------------------------------------------------------------------
(* Takeover, from the copies `got` of a quorum.                                    *)

TakeOver(b, got) ==
  LET e == EpochOf(b)
      top == (CHOOSE g \in got : \A o \in got : ~Above(o.clr, g.clr)).clr
      holders == {g.a : g \in {g \in got : g.clr.o = top.o /\ (g.clr.at = top.at \/ Mut = "clearHeldIsChosen")}}
      isHeld == top.o = 0 \/ P2(e, holders) \/ Mut = "clearFoundIsChosen"
      (* Written after the mark was accepted last, by one who did not know it.      *)
      later == TLCEval([k \in Keys |-> {g.rec[k] : g \in {g \in got :
                 g.rec[k].v # 0 /\ g.rec[k].o # top.o /\ BallotOf(g.rec[k].v) > top.at}}])
      (* Of a later origin, but passed by when the top mark was accepted.           *)
      passed == {g.clr : g \in {g \in got : PassedBy(g.clr, top) /\ Mut # "clearPassedBy"}}
      refuted == top.o # 0 /\ Mut # "clearNeverRefuted" /\ \E k \in Keys : later[k] # {}
      anew == refuted \/ passed # {} \/ (Mut = "clearAlwaysAnew" /\ ~isHeld)
      newer == IF passed = {} THEN top ELSE CHOOSE p \in passed : \A o \in passed : o.o <= p.o
      ops == top.ops \o Without(newer.ops, top.ops)
      (* What there was of each key. The later mark says it, if its performer knew the top one
         and nothing newer is there.                                                *)
      under == TLCEval([k \in Keys |-> Newest({NoRecord} \cup IF refuted THEN later[k]
                 ELSE {g.rec[k] : g \in {g \in got : ~Takes(top, g.rec[k])}})])
      Then(k) == IF passed # {} /\ Without(top.ops, newer.ops) = <<>> /\ under[k].v < newer.o THEN newer.vals[k]
                 ELSE IF under[k].v # 0 THEN After(under[k].val, ops)
                 ELSE IF passed # {} THEN After(top.vals[k], ops) ELSE top.vals[k]
      chosen == isHeld /\ ~anew
      mark == CASE chosen  -> top
                [] anew   -> [o |-> Again(b), at |-> b, ops |-> ops, vals |-> [k \in Keys |-> Then(k)]]
                [] OTHER   -> [top EXCEPT !.at = b, !.o = IF Mut = "clearTakesNewRank" THEN 10 * b ELSE @]
      (* What is left of each key, and who has the newest of it.                    *)
      taker == IF Mut = "clearTakesNewRank" /\ ~anew THEN top ELSE mark
      left == TLCEval([k \in Keys |-> {g \in got : g.rec[k].v # 0 /\ ~Takes(taker, g.rec[k])}])
      best == TLCEval([k \in Keys |-> Newest({NoRecord} \cup {g.rec[k] : g \in left[k]})])
      has  == TLCEval([k \in Keys |-> {g.a : g \in {g \in left[k] : g.rec[k].v = best[k].v}}])
      Keeps(k) == left[k] # {} /\ Chosen(best[k].v, has[k], e) /\ (Mut = "clearTakesNewRank" => chosen)
      last == TLCEval([k \in Keys |->
                 CASE left[k] = {} -> [v |-> 0, o |-> mark.o, val |-> mark.vals[k]]
                   [] Keeps(k)     -> best[k]
                   [] OTHER        -> [v |-> Again(b), o |-> mark.o, val |-> best[k].val]])
      by == TLCEval([k \in Keys |-> IF Keeps(k) THEN has[k] ELSE {}])
      done == {k \in Keys : left[k] # {} /\ P2(e, by[k])}
      pend == IF chosen \/ Mut = "clearNotCarried" THEN NoMark ELSE mark
  IN /\ lead' = Living([lead EXCEPT ![b] =
          [ph |-> "on", got |-> {}, mark |-> mark, chosen |-> chosen, seq |-> 0, last |-> last,
           com |-> [k \in Keys |-> IF k \in done THEN last[k].v ELSE 0]]], promised')
     /\ sent' = Open(sent
          \cup {[b |-> b, k |-> k, r |-> last[k], m |-> pend, by |-> by[k]] : k \in {k \in Keys : left[k] # {}}}
          \cup (IF mark.o = 0 \/ Mut = "clearFoundIsChosen" THEN {}
                ELSE {[b |-> b, k |-> "clear", r |-> NoRecord, m |-> mark, by |-> IF chosen THEN holders ELSE {}]}),
          promised')
     /\ Show([k \in Keys |-> IF k \in done THEN last[k].val ELSE mark.vals[k]],
             done \cup (IF chosen /\ mark.o # 0 THEN Keys ELSE {}))

Promise(b, a) ==
  /\ lead[b].ph = "p1" /\ EpochOf(b) <= epoch /\ a \in Voters(EpochOf(b)) /\ promised[a] < b
  /\ promised' = [promised EXCEPT ![a] = b]
  /\ LET got == lead[b].got \cup {[a |-> a, rec |-> rec[a], clr |-> clr[a]]}
     IN IF P1(EpochOf(b), {g.a : g \in got}) THEN TakeOver(b, got)
        ELSE /\ lead' = Living([lead EXCEPT ![b].got = got], promised')
             /\ sent' = Open(sent, promised')
             /\ ShowNothing
  /\ UNCHANGED <<epoch, rec, clr>>

-------------------------------------------------------------------------------
(* Writes and clears, which do not wait for each other.                            *)

Fresh(b) == Again(b) + 1 + lead[b].seq
MayWork(b) == lead[b].ph = "on" /\ lead[b].seq < MaxSeq

Put(b, k, op) ==
  /\ MayWork(b) /\ op \in Script[b] /\ ~In(op, lead[b].last[k].val)
  /\ LET r == [v |-> Fresh(b), o |-> lead[b].mark.o, val |-> Append(lead[b].last[k].val, op)]
         pend == IF lead[b].chosen \/ Mut = "clearNotCarried" THEN NoMark ELSE lead[b].mark
     IN /\ lead' = [lead EXCEPT ![b].last[k] = r, ![b].seq = @ + 1]
        /\ sent' = sent \cup {[b |-> b, k |-> k, r |-> r, m |-> pend, by |-> {}]}
  /\ UNCHANGED <<epoch, promised, rec, clr>> /\ ShowNothing

ClearBy(b, m) ==
  /\ LET stays == {k \in Keys : lead[b].last[k].v # 0 /\ ~Takes(m, lead[b].last[k])}
     IN lead' = [lead EXCEPT ![b].mark = m, ![b].chosen = FALSE, ![b].seq = @ + 1,
          ![b].last = [k \in Keys |-> IF k \in stays THEN @[k] ELSE [v |-> 0, o |-> m.o, val |-> m.vals[k]]],
          ![b].com = [k \in Keys |-> IF k \in stays THEN @[k] ELSE 0]]
  /\ sent' = sent \cup {[b |-> b, k |-> "clear", r |-> NoRecord, m |-> m, by |-> {}]}
  /\ UNCHANGED <<epoch, promised, rec, clr>> /\ ShowNothing

NewMark(b, ops) == [o |-> Fresh(b), at |-> b, ops |-> ops, vals |-> [k \in Keys |-> After(lead[b].last[k].val, ops)]]

Clear(b, c) ==
  /\ MayWork(b) /\ c \in Script[b] /\ ~In(c, lead[b].mark.ops)
  /\ ClearBy(b, NewMark(b, Append(lead[b].mark.ops, c)))

(* A replica outside the quorum tells of a mark. If it is the leader's, its acceptance is taken
   over. If it stands above that, or is of a later origin, it was never chosen, since a
   majority would have shown it, and is performed anew.                            *)
LateClear(b, a) ==
  LET own == lead[b].mark
      isOwn == clr[a].o = own.o /\ Mut # "lateClearTwice"
  IN /\ LateClears /\ MayWork(b) /\ promised[a] <= b /\ clr[a].at < b
     /\ Above(clr[a], own) \/ PassedBy(clr[a], own)
     /\ ClearBy(b, CASE isOwn                    -> [own EXCEPT !.at = clr[a].at]
                     [] Mut = "lateClearAdopted" -> [clr[a] EXCEPT !.at = b]
                     [] OTHER                    -> NewMark(b, own.ops \o Without(clr[a].ops, own.ops)))

-------------------------------------------------------------------------------
(* The apply rule: first the mark, then the record, unless the mark takes it. A replica does
   not go back to a mark of an earlier origin: what its own one took may be what the other
   spares, and nobody would know any more. It waits until its own is performed anew.  *)

Accept(p, a) ==
  /\ a \in Targets(EpochOf(p.b)) /\ a \notin p.by /\ promised[a] <= p.b
  /\ p.m.o = 0 \/ ~PassedBy(clr[a], p.m) \/ clr[a].at = p.b \/ Mut = "clearGoesBack"
  /\ promised' = [promised EXCEPT ![a] = p.b]
  /\ LET b == p.b
         m == IF p.m.o # 0 /\ Above(p.m, clr[a]) THEN p.m ELSE clr[a]
         kept == TLCEval([k \in Keys |-> IF m # clr[a] /\ Takes(m, rec[a][k]) THEN NoRecord ELSE rec[a][k]])
         fits == p.k # "clear" /\ p.r.v > kept[p.k].v /\ ~Takes(m, p.r)
         Answers(q) == q = p \/ (q.k = "clear" /\ q.b = b /\ q.m = p.m)
         now == {IF Answers(q) THEN [q EXCEPT !.by = @ \cup {a}] ELSE q : q \in sent}
         done == {q \in now \ sent : q.b = b /\ P2(EpochOf(b), q.by)}
         clears == \E q \in done : q.k = "clear" /\ q.m = lead[b].mark
         writes == {k \in Keys : \E q \in done : q.k = k /\ q.r.v > lead[b].com[k] /\ q.r.o = lead[b].mark.o}
     IN /\ clr' = [clr EXCEPT ![a] = m]
        /\ rec' = [rec EXCEPT ![a] = IF fits THEN [kept EXCEPT ![p.k] = p.r] ELSE kept]
        /\ sent' = Open(now, promised')
        /\ IF lead[b].ph # "on" THEN lead' = Living(lead, promised') /\ ShowNothing
           ELSE /\ lead' = Living([lead EXCEPT ![b].chosen = @ \/ clears,
                     ![b].com = [k \in Keys |-> IF k \in writes THEN p.r.v ELSE @[k]]], promised')
                /\ Show([k \in Keys |-> IF k \in writes THEN p.r.val ELSE lead[b].mark.vals[k]],
                        writes \cup (IF clears THEN Keys ELSE {}))
  /\ UNCHANGED epoch

-------------------------------------------------------------------------------
(* Reads at the leader, as an invariant: what could be read extends what was shown,
   and a clear that was seen at any key is seen at every key.                      *)

Settled(b, k) == lead[b].com[k] = lead[b].last[k].v /\ (lead[b].chosen \/ Mut = "readPastClear")
Readable(b, k) ==
  lead[b].ph = "on" /\ Settled(b, k) /\ P2(EpochOf(b), {a \in Acc : promised[a] <= b})
ClearsSeen == {c \in Clears : \E k \in Keys : In(c, seen[k])}
ReadsRight == \A b \in Ballots, k \in Keys : Readable(b, k) =>
  LET val == lead[b].last[k].val
  IN Prefix(seen[k], val) /\ Once(val) /\ \A c \in ClearsSeen : In(c, val)

(* Mutation: what is read need not have been chosen then.                          *)
ReadPastClear(b, k) ==
  /\ Mut = "readPastClear" /\ Readable(b, k) /\ ~lead[b].chosen
  /\ Show([o \in Keys |-> lead[b].last[k].val], {k})
  /\ UNCHANGED <<epoch, promised, rec, clr, lead, sent>>

Switch == /\ epoch = 0 /\ \E b \in Ballots : EpochOf(b) = 1
          /\ epoch' = 1
          /\ UNCHANGED <<promised, rec, clr, lead, sent>> /\ ShowNothing

Complete == /\ epoch = 1
            /\ \E b \in Ballots : /\ EpochOf(b) = 1 /\ lead[b].ph = "on"
                                  /\ lead[b].chosen \/ Mut = "completeBeforeClear"
                                  /\ \A k \in Keys : lead[b].com[k] = lead[b].last[k].v
            /\ epoch' = 2
            /\ UNCHANGED <<promised, rec, clr, lead, sent>> /\ ShowNothing

Next ==
  \/ \E b \in Ballots, a \in Acc : Promise(b, a) \/ LateClear(b, a)
  \/ \E b \in Ballots, k \in Keys : ReadPastClear(b, k) \/ \E op \in Ops : Put(b, k, op)
  \/ \E b \in Ballots, c \in Clears : Clear(b, c)
  \/ \E p \in sent, a \in Acc : Accept(p, a)
  \/ Switch \/ Complete

Spec == Init /\ [][Next]_vars

Linearizable == ~bad

(* For bounds that would be too large if every leader might do everything at any time. *)
InOrder == \A b, o \in Ballots : o < b /\ lead[o].ph = "p1" => lead[b].ph = "p1" /\ lead[b].got = {}
ClearPutClear == lead[1].ph = "on" => /\ lead[1].seq > 0 => lead[1].mark.o # 0
                                      /\ lead[1].seq = 2 => \A k \in Keys : lead[1].last[k].v # 0
Anything    == [b \in Ballots |-> Ops \cup Clears]
InTurn(f)   == [b \in Ballots |-> IF b \in DOMAIN f THEN f[b] ELSE {}]
FirstWorks  == InTurn(<<Clears \cup Ops>>)
FirstClears == [b \in Ballots |-> IF b = 1 THEN Clears ELSE Ops]
ClearThenPut == InTurn(<<Clears, Ops>>)
BothPut     == InTurn(<<Clears \cup Ops, Ops>>)
ClearBoth   == InTurn(<<Clears, Clears \cup Ops>>)
ClearClearPut == InTurn(<<Clears, Clears, Ops>>)
BothLeftClear == InTurn(<<Clears \cup Ops, {}, Clears>>)
===============================================================================
