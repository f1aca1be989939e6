package dev.hypercache.core.form;

/** What a node counted on its way into a ring. */
public final class FormingCounts {

    private long ballots;
    private long lost;
    private long votes;
    private long twins;

    void ballot() {
        ballots++;
    }

    void lost() {
        lost++;
    }

    void vote() {
        votes++;
    }

    void twin() {
        twins++;
    }

    /** Ballots in which this node stood. */
    public long ballots() {
        return ballots;
    }

    /** Ballots of these that it lost, or gave up. */
    public long lostBallots() {
        return lost;
    }

    /** Votes and acceptances that it gave to others. */
    public long votes() {
        return votes;
    }

    /** Sightings of two living processes with one name. */
    public long twins() {
        return twins;
    }
}
