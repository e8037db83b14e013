import Foundation
import Platform
import Results
import Synchronization
import Testing

@Suite struct RunFileWriterTests {
    private func error(_ body: () throws -> Void) -> FileError? {
        #expect(throws: FileError.self) { try body() }
    }

    /// Cut anywhere, continued, and the same as if never cut.
    @Test func resumesAfterTruncation() throws {
        let bytes = try Fixture.bytes()
        let ends = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
        try Fixture.inFolder { folder in
            let path = "\(folder)/run.jsonl"
            for length in stride(from: 0, through: bytes.count, by: 41) + ends + ends.map({ $0 + 1 }) {
                let part = bytes.prefix(length)
                try part.write(to: URL(fileURLWithPath: path))
                let writer = try RunFileWriter(resuming: path)
                let whole = part.count { $0 == UInt8(ascii: "\n") }
                for line in Fixture.lines.dropFirst(whole) { try writer.append(line) }
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
            }
        }
    }

    @Test func halfLineLongerThanABlock() throws {
        try Fixture.inFolder { folder in
            let path = "\(folder)/run.jsonl"
            let head = try RunLine.header(Fixture.header).encoded()
            try (head + Data(repeating: 0x61, count: 200_000)).write(to: URL(fileURLWithPath: path))
            _ = try RunFileWriter(resuming: path)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == head)
        }
    }

    @Test func existingFileIsNotTouched() throws {
        try Fixture.inFolder { folder in
            let path = "\(folder)/run.jsonl"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
            #expect(error { _ = try RunFileWriter(creating: path) }?.code == EEXIST)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
        }
    }

    @Test func aFileThatIsBeingWrittenIsNotContinued() throws {
        try Fixture.inFolder { folder in
            let path = "\(folder)/run.jsonl"
            func isRefused() -> Bool {
                error { _ = try RunFileWriter(resuming: path) }?.message == "another process is writing it"
            }
            try withExtendedLifetime(try RunFileWriter(creating: path)) { writer in
                try writer.append(.header(Fixture.header))
                #expect(isRefused())
            }
            try withExtendedLifetime(try RunFileWriter(resuming: path)) { writer in
                #expect(isRefused())
                try writer.append(.end(Fixture.end))
            }
            #expect(try RunFileReader.read(path).end == Fixture.end)
        }
    }

    @Test func nothingToResume() {
        let error = error { _ = try RunFileWriter(resuming: "/nonexistent/run.jsonl") }
        #expect(error?.code == ENOENT)
        #expect(error?.description.contains("/nonexistent/run.jsonl: cannot continue: No such file") == true)
    }

    /// A device that is always full.
    @Test func fullDisk() throws {
        let writer = try RunFileWriter(resuming: "/dev/full")
        let error = error { try writer.append(.end(Fixture.end)) }
        #expect(error?.code == ENOSPC)
        #expect(error?.message == "cannot write: No space left on device")
        #expect(error?.remedy.contains("free some space") == true)
    }

    /// A disk that takes part of a line: nothing half is left, and what comes after is whole again.
    @Test(arguments: [ENOSPC, EIO, EINTR]) func partialWrite(code: Int32) throws {
        try Fixture.inFolder { folder in
            let calls = Mutex(0)
            let writer = try RunFileWriter(creating: "\(folder)/run.jsonl") { descriptor, bytes, count in
                // The first line goes through in pieces; the second gets half and then the error.
                let call = calls.withLock { calls in
                    calls += 1
                    return calls
                }
                switch call {
                case 1: return write(descriptor, bytes, 100)
                case 3: return write(descriptor, bytes, count / 2)
                case 4:
                    errno = code
                    return -1
                default: return write(descriptor, bytes, count)
                }
            }
            try writer.append(Fixture.lines[0])
            if code == EINTR {
                try writer.append(Fixture.lines[1])
            } else {
                #expect(error { try writer.append(Fixture.lines[1]) }?.code == code)
                let whole = try Data(contentsOf: URL(fileURLWithPath: writer.path))
                #expect(try whole == Fixture.lines[0].encoded())
                try writer.append(Fixture.lines[1])
            }
            let bytes = try Data(contentsOf: URL(fileURLWithPath: writer.path))
            #expect(try bytes == Fixture.lines[0].encoded() + Fixture.lines[1].encoded())
        }
    }

    /// The folder is a file: as unwritable for root as for anyone.
    @Test func folderThatCannotBe() throws {
        try Fixture.inFolder { folder in
            try Data().write(to: URL(fileURLWithPath: "\(folder)/taken"))
            let error = error { _ = try RunFileWriter(creating: "\(folder)/taken/deeper/run.jsonl") }
            #expect(error?.code == ENOTDIR)
            #expect(error?.message == "cannot create the folder: Not a directory")
        }
        #expect(error { _ = try RunFileWriter(creating: "/proc/assay/run.jsonl") } != nil)
    }

    @Test func readOnlyFolder() throws {
        try Fixture.inFolder { folder in
            try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: folder)
            // Root may write anywhere.
            if geteuid() != 0 {
                let error = error { _ = try RunFileWriter(creating: "\(folder)/run.jsonl") }
                #expect(error?.code == EACCES)
                #expect(error?.remedy.contains("permissions") == true)
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
        }
    }

    @Test func threadsDoNotMixLines() throws {
        try Fixture.inFolder { folder in
            let writer = try RunFileWriter(creating: "\(folder)/run.jsonl")
            try writer.append(.header(Fixture.header))
            DispatchQueue.concurrentPerform(iterations: 40) { i in
                do { try writer.append(.record(Fixture.record("case \(i)"))) } catch { Issue.record(error) }
            }
            let run = try RunFileReader.read(writer.path)
            #expect(run.problems == [])
            #expect(Set(run.records.map(\.case)).count == 40)
        }
    }
}
