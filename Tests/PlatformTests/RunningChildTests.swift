import Foundation
import Platform
import Testing

@Suite struct RunningChildTests {
    private func start(_ text: String, isGuarded: Bool = false) throws -> RunningChild {
        try ChildProcess(executable: "/bin/sh", arguments: ["-c", text], isGuarded: isGuarded).start()
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

    /// Compilers lead groups of their own; here it is a whole session.
    @Test func allThatAGuardedChildStartedEndsWithIt() throws {
        let child = try start("setsid sleep 600 & echo $!; wait", isGuarded: true)
        guard case .line(let line) = child.nextLine(timeLimit: 20),
            let pid = pid_t(String(decoding: line, as: UTF8.self))
        else {
            Issue.record("it does not start")
            return
        }
        #expect(kill(pid, 0) == 0)
        #expect(try child.finish(timeLimit: 20, interrupted: { true }).end == .interrupted)
        #expect(kill(pid, 0) == -1 && errno == ESRCH)
    }

    @Test func whatAGuardedChildLeavesBehindEndsToo() throws {
        let child = try start("read word; setsid sleep 600 & echo $word $!; exit 3", isGuarded: true)
        child.write(Data("hello\n".utf8))
        let end = try child.finish(timeLimit: 20)
        #expect(end.end == .exit(3))
        let words = String(decoding: end.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        #expect(words.first == "hello")
        let pid = try #require(words.last.flatMap { pid_t($0) })
        #expect(kill(pid, 0) == -1 && errno == ESRCH)
    }

    @Test func aGuardedChildEndsAsItsProgramDoes() throws {
        #expect(try start("kill -SEGV $$", isGuarded: true).finish(timeLimit: 20).end == .signal(SIGSEGV))
        let folder = ChildProcess(
            executable: "sh", arguments: ["-c", "pwd; echo ${HOME-none}"], environment: ["HOME": String?.none],
            folder: "/usr", isGuarded: true)
        #expect(String(decoding: try folder.run(timeLimit: 20).output, as: UTF8.self) == "/usr\nnone\n")
        let nothing = ChildProcess(executable: "/nowhere/at/all", arguments: [], isGuarded: true)
        let error = #expect(throws: RunError.self) { try nothing.start() }
        #expect(error?.message.contains("No such file") == true)
    }

    @Test func itRunsWhereItIsToldAndVariablesCanBeTakenAway() throws {
        let child = ChildProcess(
            executable: "sh", arguments: ["-c", "pwd; echo ${HOME-none}"], environment: ["HOME": String?.none],
            folder: "/usr")
        #expect(String(decoding: try child.run(timeLimit: 20).output, as: UTF8.self) == "/usr\nnone\n")
    }
}
