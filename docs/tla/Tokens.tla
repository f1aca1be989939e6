-------------------------------- MODULE Tokens --------------------------------
(* One token, one outcome: a client that got no answer asks again, anywhere.

   A value is its own lineage, so the tokens that belong to a version are the
   operations in its value, and a takeover that keeps or re-proposes a version
   knows just those. A known token is answered like a read: what the leader holds
   on arrival must be committed, and a majority confirms afterwards.

   Unconditional operations (Ops) always change the key. A conditional one (Cond)
   changes it only if the operation Need came before; else it changes nothing and
   its client is told "no". First attempts that change nothing are answered like a
   read, without a trace. From its second attempt on an operation leaves an accept
   even then: an older leader may have changed something on the first one, and the
   accept outranks that. A client that asked again takes no answer to its first
   attempt any more, unless an accept is behind it.

   The transport delivers an attempt once, if at all: repeating is the client's.  *)
EXTENDS Register

CONSTANTS Cond, Need

VARIABLES
  first,    \* conditional operations whose first attempt was handled
  retried,  \* operations that were ever asked again
  asks,     \* ballot -> the operation whose outcome the read at its leader is
  denied,   \* operations whose client was told "no" without an accept
  window,   \* mutation tokenUnion: replica -> every token it ever accepted
  union     \* mutation tokenUnion: ballot -> union of the windows replied
ext == <<first, retried, asks, denied, window, union>>

No(op) == <<op, "no">>
NoAsk  == [op |-> "none", first |-> FALSE]
Known(b, op)    == In(op, lead[b].last.val) \/ In(No(op), lead[b].last.val)
Changes(b, op)  == op \notin Cond \/ In(Need, lead[b].last.val)

TokenInit == /\ Init /\ first = {} /\ retried = {} /\ denied = {}
             /\ asks = [b \in Ballots |-> NoAsk]
             /\ window = [a \in Acc |-> {}] /\ union = [b \in Ballots |-> {}]

AnswerLikeRead(b, op, isFirst) ==
  ReadStart(b) /\ asks' = [asks EXCEPT ![b] = [op |-> op, first |-> isFirst]]

FirstAttempt(b, op) ==
  /\ lead[b].ph = "ready" /\ ~Known(b, op)
  /\ op \notin first \/ Mut = "duplicateRequest"
  /\ first' = first \cup {op}
  /\ IF Changes(b, op) THEN Propose(b, op) /\ UNCHANGED asks ELSE AnswerLikeRead(b, op, TRUE)
  /\ UNCHANGED <<retried, denied, window, union>>

Retry(b, op) ==
  /\ lead[b].ph = "ready" /\ op \notin denied
  /\ retried' = IF op \in Cond THEN retried \cup {op} ELSE retried
  /\ CASE Known(b, op)                 -> AnswerLikeRead(b, op, FALSE)
       [] ~Known(b, op) /\ Changes(b, op) -> Propose(b, op) /\ UNCHANGED asks
       [] OTHER -> IF Mut = "phantomNoAccept" THEN AnswerLikeRead(b, op, FALSE)
                   ELSE Propose(b, No(op)) /\ UNCHANGED asks
  /\ UNCHANGED <<first, denied, window, union>>

(* The answer to an attempt, or to a plain read.                                  *)
TokenReadEnd(b) ==
  LET ask == asks[b]
      told == /\ ask.op \in Cond /\ ~In(ask.op, read[b].val) /\ ~In(No(ask.op), read[b].val)
              /\ ~ask.first \/ ask.op \notin retried \/ Mut = "lateAnswer"
  IN /\ ReadEnd(b)
     /\ denied' = IF told THEN denied \cup {ask.op} ELSE denied
     /\ asks' = [asks EXCEPT ![b] = NoAsk]
     /\ UNCHANGED <<first, retried, window, union>>

(* Mutation: a known token is answered while its accept is pending.               *)
AnswerEarly(b, op) ==
  /\ Mut = "tokenAnsweredEarly" /\ lead[b].ph = "ready" /\ In(op, lead[b].last.val)
  /\ Observe(lead[b].last.val, <<>>)
  /\ UNCHANGED <<replicas, leaders, readers, topology, ext>>

(* Mutation: tokens are remembered by replica, and a takeover merges them.        *)
TokenPromise(b, a) ==
  /\ ~CanElect(b) /\ Promise(b, a)
  /\ union' = [union EXCEPT ![b] = @ \cup window[a]]
  /\ UNCHANGED <<first, retried, asks, denied, window>>

TokenAccept(p, a) ==
  /\ Accept(p, a)
  /\ window' = IF Mut = "tokenUnion" THEN [window EXCEPT ![a] = @ \cup {p.val[i] : i \in 1..Len(p.val)}] ELSE window
  /\ UNCHANGED <<first, retried, asks, denied, union>>

AnswerFromUnion(b, op) ==
  /\ Mut = "tokenUnion" /\ lead[b].ph = "ready" /\ op \in union[b] /\ lead[b].last.v = lead[b].com.v
  /\ bad' = (bad \/ ~In(op, lead[b].com.val))
  /\ UNCHANGED <<replicas, leaders, seen, readers, topology, ext>>

TokenNext ==
  \/ \E b \in Ballots, op \in Cond : FirstAttempt(b, op)
  \/ \E b \in Ballots, op \in Ops \cup Cond : Retry(b, op) \/ AnswerEarly(b, op) \/ AnswerFromUnion(b, op)
  \/ \E b \in Ballots, a \in Acc : TokenPromise(b, a)
  \/ \E p \in sent, a \in Acc : TokenAccept(p, a)
  \/ \E b \in Ballots : TokenReadEnd(b)
  \/ (Elects \/ Reads \/ Rest) /\ UNCHANGED ext

TokenSpec == TokenInit /\ [][TokenNext]_<<vars, ext>>

(* Whoever was told "no" never sees the operation take effect, and nobody else does.*)
OneOutcome == \A op \in Cond : In(op, seen) => op \notin denied /\ ~In(No(op), seen)
===============================================================================
