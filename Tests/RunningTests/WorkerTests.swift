import Foundation
import Measurement
import Results
import Testing
import Workers

@Suite struct WorkerTests {
    private func reply(_ script: String, limit: Double = 20) throws -> Worker.Reply {
        let script = try Script(script)
        return try withExtendedLifetime(script) {
            try Worker(executable: script.path).ask(.ceilings(threads: [1]), timeLimit: limit)
        }
    }

    @Test func aCrashSaysWhatItInterrupted() throws {
        let reply = try reply(#"echo '{"stage":{"_0":"preparing"}}'; echo 'Fatal error: index' >&2; kill -SEGV $$"#)
        #expect(reply.death.kind == .crashed)
        #expect(reply.death.message == "Segmentation fault (signal 11) while preparing: Fatal error: index")
    }

    @Test func aCrashIsNotHiddenBehindABacktrace() throws {
        #expect(try reply(#"echo $SWIFT_BACKTRACE >&2; kill -ILL $$"#).death.message.hasSuffix(": enable=no"))
    }

    @Test func aKillThatIsNotOursIsForWantOfMemory() throws {
        let death = try reply(#"echo '{"stage":{"_0":"sampling"}}'; kill -KILL $$"#).death
        #expect(death.kind == .memory)
        #expect(death.message.contains("while sampling"))
    }

    @Test func aHangIsATimeout() throws {
        #expect(try reply("exec sleep 60", limit: 0.2).death.kind == .timeout)
    }

    @Test func linesThatAreNoMessagesArePassedOver() throws {
        let reply = try reply(#"echo noise; echo '{"stage":{"_0":"a"}}'; echo '{'; exit 4"#)
        #expect(reply.stage == "a")
        #expect(reply.result == nil)
        #expect(reply.death.message == "exited with code 4 while a")
    }
}

@Suite struct WorkerServiceTests {
    private func failure(_ name: String, cold: Int? = nil) throws -> Failure? {
        let (message, _) = try Probe.catalog.measure(name, change: { $0.coldBeyond = cold })
        guard case .failed(let failure, _) = message else { return nil }
        return failure
    }

    @Test func aRightAnswerIsTimed() throws {
        let (message, stages) = try Probe.catalog.measure("probe[n=5]/right")
        guard case .measured(let measured) = message else { return #expect(Bool(false), "\(message)") }
        #expect(measured.samples.seconds.count == 7)
        #expect(measured.answer.error == 0)
        #expect(try #require(measured.memory).peak > 0)
        #expect(stages.suffix(2) == ["sampling", "verifying again"])
        let verified = try #require(stages.firstIndex(of: "verifying"))
        #expect(verified < stages.count - 1)
    }

    @Test func aWrongAnswerIsNeverTimed() throws {
        let (message, stages) = try Probe.catalog.measure("probe[n=5]/wrong")
        guard case .failed(let failure, let answer) = message else { return #expect(Bool(false), "\(message)") }
        #expect(failure.kind == .disagrees)
        #expect(failure.message.contains("y["))
        #expect(try #require(answer).error > 0.5)
        #expect(!stages.contains("sampling"))
    }

    @Test func anAnswerThatWasNotWrittenIsWrong() throws {
        #expect(try failure("probe[n=5]/silent")?.kind == .disagrees)
    }

    @Test func whatIsNotSupportedIsSaid() throws {
        #expect(try failure("probe[n=5]/picky")?.message == "not this shape")
    }

    @Test func aNameThatIsNoneIsAnError() throws {
        #expect(try failure("prob[n=5]/right")?.kind == .error)
    }

    @Test func coldSetsAreRotated() throws {
        guard
            case .measured(let measured) = try Probe.catalog.measure(
                "probe[n=1000]/right", change: { $0.coldBeyond = 100_000 }
            ).message
        else {
            return #expect(Bool(false))
        }
        #expect(measured.samples.sets > 25)
        #expect(try failure("probe[n=1]/right", cold: 1 << 30)?.kind == .unsupported)
    }
}
