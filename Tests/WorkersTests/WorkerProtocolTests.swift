import Foundation
import Platform
import Results
import Testing
import Workers

/// Programs of other ages read and write these lines: what they say may not change.
@Suite struct WorkerProtocolTests {
    private func text(_ task: WorkerRequest.Task) throws -> String {
        String(decoding: try JSONLine.encode(WorkerRequest(task)), as: UTF8.self)
    }

    @Test func aRequestSaysTheOldestVersionThatUnderstandsIt() throws {
        #expect(WorkerRequest(.measure(MeasureTask(name: "a", seed: 1, sampling: SamplingOptions()))).version == 1)
        #expect(WorkerRequest(.ceilings(threads: [1])).version == 1)
        #expect(WorkerRequest(.hello).version == 2)
        #expect(WorkerRequest(.takeTurns(TurnsTask(name: "a", seed: 1, verifies: true))).version == 2)
    }

    @Test func theFirstVersionsRequestStaysAsItWas() throws {
        let task = MeasureTask(name: "matmul[m=1,k=1,n=1]/openblas/f32/t1", seed: 1, sampling: SamplingOptions())
        let expected =
            #"{"task":{"measure":{"_0":{"name":"matmul[m=1,k=1,n=1]/openblas/f32/t1","pinsThreads":false,"sampling":"#
            + #"{"maximumSamples":1000,"minimumSamples":20,"precision":0.01,"timeLimit":3,"warmupLimit":0.2},"seed":1,"#
            + #""staysOnOneProcessor":false}}},"version":1}"# + "\n"
        #expect(try text(.measure(task)) == expected)
    }

    @Test func theFirstVersionsAnswerIsStillRead() throws {
        // As the first program that could run wrote it, without what was added since.
        let line =
            #"{"measured":{"_0":{"answer":{"error":0,"reductionLength":1,"tolerance":1},"memory":{"baseline":1,"peak":2},"#
            + #""preparation":{"packedBytes":0,"seconds":0.5,"workspaceBytes":0},"samples":{"calls":3,"cpuShare":[1],"#
            + #""elapsed":0.1,"involuntarySwitches":[0],"majorFaults":[0],"minorFaults":[0],"resolution":1e-08,"seconds":"#
            + #"[0.25],"sets":1,"stop":"count","throttled":[],"warmupCalls":2}}}}"#
        guard case .measured(let measured) = try JSONLine.decode(WorkerMessage.self, from: Data(line.utf8)) else {
            Issue.record("not read as a measurement")
            return
        }
        #expect(measured.samples.seconds == [0.25])
        #expect(measured.samples[.cpuShare] == [1] && measured.samples[.throttled].isEmpty)
        // And written so that such a program reads it.
        let text = String(decoding: try JSONLine.encode(measured.samples), as: UTF8.self)
        #expect(
            text
                == #"{"calls":3,"cpuShare":[1],"elapsed":0.1,"involuntarySwitches":[0],"majorFaults":[0],"minorFaults"#
                + #"":[0],"resolution":1e-08,"seconds":[0.25],"sets":1,"stop":"count","throttled":[],"warmupCalls":2}"#
                + "\n")
        #expect(measured.memory?.allocations == nil)
    }

    @Test func turnsAreReadAsTheyAreWritten() throws {
        let turn = Turn(seconds: 0.5, counts: ["cpuShare": 0.9, "minorFaults": 2, "ofALaterVersion": 3])
        guard
            case .turn(let read) = try JSONLine.decode(
                WorkerMessage.self, from: JSONLine.encode(WorkerMessage.turn(turn)))
        else {
            Issue.record("not read as a turn")
            return
        }
        #expect(read == turn)
        // As programs wrote it that knew no other counters.
        let line =
            #"{"turn":{"_0":{"cpuShare":0.9,"involuntarySwitches":1,"majorFaults":0,"minorFaults":2,"seconds":0.5}}}"#
        guard case .turn(let old) = try JSONLine.decode(WorkerMessage.self, from: Data(line.utf8)) else {
            Issue.record("not read as a turn")
            return
        }
        #expect(old.counts == ["cpuShare": 0.9, "involuntarySwitches": 1, "majorFaults": 0, "minorFaults": 2])
    }
}
