import Foundation
import Kernels
import Platform
import Results
import Running
import Settings
import Testing
import Workloads

/// A program in another language that computes y = x for `probe`, and speaks the protocol of workers. What it is told to do
/// wrong it does by the name of its implementation.
private func double() throws -> Script {
    try Script(
        #"""
        exec perl -e '
        use strict; use JSON::PP; use Time::HiRes qw(time); $| = 1;
        sub say_ { print encode_json($_[0]), "\n" }
        my $task = decode_json(scalar <STDIN>)->{task};
        if (exists $task->{offer}) {
            my @all = map { { implementation => $_, summary => "of another program", workloads => ["probe"],
                isThreaded => $_ eq "peer" ? JSON::PP::true : JSON::PP::false } }
                qw(peer peer-wrong peer-late peer-dies peer-refuses peer-short);
            say_({ offers => { _0 => \@all } });
            exit 0;
        }
        my $turns = $task->{takeTurns}{_0};
        my ($how) = $turns->{name} =~ m{/([^/]+)/f32/};
        my $folder = $turns->{exchange};
        if ($how eq "peer-refuses") {
            say_({ failed => { _0 => { kind => "unsupported", message => "not of three" } } });
            exit 0;
        }
        say_({ stage => { _0 => "reading operands" } });
        open(my $in, "<:raw", "$folder/x.npy") or die; local $/; my $bytes = <$in>; close $in;
        my $length = 10 + unpack("v", substr($bytes, 8, 2));
        my ($header, @x) = (substr($bytes, 0, $length), unpack("f<*", substr($bytes, $length)));
        my @y;
        my $calls = 0;
        sub compute {
            $calls++;
            exit 7 if $how eq "peer-dies" && $calls > 20;
            my $factor = $how eq "peer-wrong" || $how eq "peer-late" && $calls > 20 ? 2 : 1;
            @y = map { $factor * $_ } @x;
        }
        say_({ ready => { _0 => { outputs => 1, callSeconds => 0.00001,
            preparation => { seconds => 0.5, packedBytes => 12, workspaceBytes => 0 },
            memory => { baseline => 1000, peak => 3000 } } } });
        $/ = "\n";
        while (my $line = <STDIN>) {
            my $turn = decode_json($line);
            compute() for 1 .. $turn->{warmup};
            my $begun = time;
            compute() for 1 .. $turn->{calls};
            my $seconds = time - $begun;
            if ($turn->{delivers}) {
                open(my $out, ">:raw", "$folder/y.npy") or die;
                pop @y if $how eq "peer-short";
                print $out $header, pack("f<*", @y);
                close $out;
            }
            my $calls = $turn->{calls} || 1;
            say_({ turn => { _0 => { seconds => $seconds / $calls, cpuShare => 1, hits => 3 } } });
        }
        '
        """#)
}

/// Who computes is asked: this program, and others that speak the protocol of workers.
@Suite struct PeerTests {
    private let script: Script
    private let catalog: Catalog

    init() throws {
        script = try double()
        let peer = try PeerProgram(executable: script.path, arguments: [])
        catalog = Catalog(kernels: [Probe.kind], providers: [OwnKernels(), peer])
    }

    @Test func allThatAnyoneHasIsListed() throws {
        let planner = Planner(catalog: catalog)
        let cases = try planner.cases(named: "probe[n=3]", withReference: true)
        #expect(
            cases.map(\.implementation.name) == [
                "right", "wrong", "silent", "picky", "peer", "peer-wrong", "peer-late", "peer-dies", "peer-refuses",
                "peer-short", "reference",
            ])
        #expect(try planner.cases(named: "probe[n=3]/peer/f32/t4")[0].unsupported == nil)
        #expect(try planner.cases(named: "probe[n=3]/peer-wrong/f32/t4")[0].unsupported != nil)
    }

    /// A provider is asked with what is known of the setting, of a name as of a suite.
    @Test func aProviderIsAskedUnderTheSetting() throws {
        struct Team: Provider {
            func implementations(of workload: any Workload, under setting: Setting.Given) -> [Implementation] {
                setting.threads ?? 0 > 1
                    ? [Implementation("team", "several threads", threading: .any) { _, _, _ in PreparedCall {} }] : []
            }
        }
        let planner = Planner(catalog: Catalog(kernels: [Probe.kind], providers: [Team()]))
        #expect(try planner.cases(named: "probe[n=3]").isEmpty)
        #expect(try planner.cases(named: "probe[n=3]/team/f32/t2").map(\.setting.threads) == [2])
        #expect(throws: SuiteError.self) { try planner.cases(named: "probe[n=3]/team/f32/t1") }
        let suite = try SuiteReader.read(
            "title: T\ncases:\n  - { kernel: probe, with: { n: 3 }, threads: [1, 2, 4] }", name: "t", path: "t.yaml")
        #expect(try planner.plan(.init(root: suite, suites: [suite])).cases.map(\.setting.threads) == [2, 4])
    }

    /// Its answer is verified by us, and it is sampled by our rules; what it counts is a column by its name.
    @Test func aPeerIsVerifiedThenTimed() throws {
        guard case .measured(let measured) = try catalog.measure("probe[n=3]/peer/f32/t1").message else {
            Issue.record("not measured")
            return
        }
        #expect(measured.answer.error == 0 && measured.answer.tolerance > 0)
        #expect(measured.samples.seconds.count == 7 && measured.samples.seconds.allSatisfy { $0 > 0 })
        #expect(measured.samples.columns["hits"] == Array(repeating: 3, count: 7))
        #expect(measured.samples[.cpuShare] == Array(repeating: 1, count: 7))
        #expect(measured.memory == Memory(baseline: 1000, peak: 3000))
        #expect(measured.preparation.seconds == 0.5)
    }

    @Test(arguments: [
        ("peer-wrong", Failure.Kind.disagrees, "y["), ("peer-late", .disagrees, "after some calls"),
        ("peer-dies", .crashed, "exited with code 7"), ("peer-refuses", .unsupported, "not of three"),
        ("peer-short", .error, "bytes, but its array needs"),
    ])
    func whatGoesWrongCostsItsCase(implementation: String, kind: Failure.Kind, words: String) throws {
        guard case .failed(let failure, _) = try catalog.measure("probe[n=3]/\(implementation)/f32/t1").message else {
            Issue.record("not failed")
            return
        }
        #expect(failure.kind == kind)
        #expect(failure.message.contains(words), "\(failure.message)")
    }

    @Test func aProgramThatSaysNothingIsNoPeer() throws {
        let mute = try Script("exit 3")
        #expect(throws: RunError.self) { try PeerProgram(executable: mute.path, arguments: []) }
    }
}
