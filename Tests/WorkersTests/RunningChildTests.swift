import Foundation
import Testing
import Workers

@Suite struct RunningChildTests {
    private func start(_ text: String, leadsGroup: Bool = false) throws -> RunningChild {
        try ChildProcess(executable: "/bin/sh", arguments: ["-c", text], leadsGroup: leadsGroup).start()
    }

    @Test func aConversationGoesLineByLine() throws {
        let child = try start("while read line; do echo \"heard $line\"; done; echo bye; exit 5")
        for word in ["one", "two"] {
            child.write(Data("\(word)\n".utf8))
            #expect(child.nextLine(timeLimit: 20) == .line(Data("heard \(word)".utf8)))
        }
        child.closeInput()
        #expect(child.nextLine(timeLimit: 20) == .line(Data("bye".utf8)))
        #expect(child.nextLine(timeLimit: 20) == .closed)
        #expect(try child.finish(timeLimit: 20).end == .exit(5))
    }

    @Test func severalLinesAtOnceAreTakenOneByOne() throws {
        let child = try start("printf 'a\\n\\nb\\nrest'")
        #expect(child.nextLine(timeLimit: 20) == .line(Data("a".utf8)))
        #expect(child.nextLine(timeLimit: 20) == .line(Data()))
        #expect(child.nextLine(timeLimit: 20) == .line(Data("b".utf8)))
        #expect(child.nextLine(timeLimit: 20) == .closed, "what has no end is no line")
        #expect(try child.finish(timeLimit: 20).output == Data("rest".utf8))
    }

    @Test func aChildThatSaysNothingIsATimeoutAndNotAnEnd() throws {
        let child = try start("read line; echo $line")
        #expect(child.nextLine(timeLimit: 0.1) == .timeout)
        #expect(child.nextLine(timeLimit: 20, interrupted: { true }) == .interrupted)
        child.write(Data("late\n".utf8))
        #expect(child.nextLine(timeLimit: 20) == .line(Data("late".utf8)))
    }

    @Test func writingToAChildThatIsGoneIsNoHarm() throws {
        let child = try start("exit 0")
        #expect(child.nextLine(timeLimit: 20) == .closed)
        for _ in 0..<50 { child.write(Data(repeating: 65, count: 10_000)) }
        #expect(try child.finish(timeLimit: 20).end == .exit(0))
    }

    @Test func aGroupIsKilledWhole() throws {
        let mark = NSTemporaryDirectory() + "assay-group-" + UUID().uuidString
        defer { unlink(mark) }
        let child = try start("(sleep 0.6; touch '\(mark)') & echo started; wait", leadsGroup: true)
        #expect(child.nextLine(timeLimit: 20) == .line(Data("started".utf8)))
        #expect(try child.finish(timeLimit: 20, interrupted: { true }).end == .interrupted)
        Thread.sleep(forTimeInterval: 1)
        #expect(!FileManager.default.fileExists(atPath: mark))
    }

    @Test func itRunsWhereItIsToldAndVariablesCanBeTakenAway() throws {
        let child = ChildProcess(
            executable: "sh", arguments: ["-c", "pwd; echo ${HOME-none}"], environment: ["HOME": String?.none],
            folder: "/usr")
        #expect(String(decoding: try child.run(timeLimit: 20).output, as: UTF8.self) == "/usr\nnone\n")
    }
}
