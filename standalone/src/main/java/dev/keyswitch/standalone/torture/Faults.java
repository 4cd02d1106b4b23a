package dev.keyswitch.standalone.torture;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// Does some harm, by chance.
final class Faults {

    private final Cluster cluster;
    private final Random random;
    private int kills;

    Faults(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
    }

    int kills() {
        return kills;
    }

    /// @return what it was, in words
    String next() throws Exception {
        return switch (random.nextInt(10)) {
            case 0, 1 -> kill(one(cluster.apis()));
            case 2, 3 -> kill(one(cluster.workers()));
            case 4 -> kill(cluster.broker());
            case 5 -> killDatabase();
            case 6 -> stop(one(cluster.apis()));
            case 7 -> stop(one(cluster.workers()));
            case 8 -> cut();
            default -> slow();
        };
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String kill(Program program) throws Exception {
        program.kill();
        kills++;
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
        program.startAgain();
        return "kill -9 of " + program.name();
    }

    private String killDatabase() throws Exception {
        kills++;
        cluster.killDatabase();
        return "kill -9 of the database";
    }

    /// Longer than a lease sometimes, and than the relay's connection is given up.
    private String stop(Program program) throws Exception {
        int millis = 500 + random.nextInt(8000);
        program.stop();
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            program.resume();
        }
        return program.name() + " stood still for " + millis + " ms";
    }

    private String cut() throws InterruptedException {
        int times = 1 + random.nextInt(5);
        for (int i = 0; i < times; i++) {
            one(cluster.proxies()).cut();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
        }
        return "connections cut " + times + " times";
    }

    private String slow() throws InterruptedException {
        int millis = 20 + random.nextInt(200);
        CuttableProxy proxy = one(cluster.proxies());
        proxy.slow(millis);
        TimeUnit.MILLISECONDS.sleep(1000 + random.nextInt(2000));
        proxy.slow(0);
        return "a connection was slow by " + millis + " ms";
    }
}
