import Foundation
import Platform
import Results

/// Writes the output of a build to a file, and follows its progress.
final class BuildLog {
    private let file: FileHandle
    private var kept: [String] = []

    /// The number of last lines that are kept for error messages.
    private static let keptLines = 500

    /// Creates an empty file at a path.
    init(_ path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil), let file = FileHandle(forWritingAtPath: path)
        else {
            throw ComparisonError.failure("cannot write \(path)", remedy: "free some space, or name another --cache")
        }
        self.file = file
    }

    deinit { try? file.close() }

    /// The last lines of the output.
    var end: String { kept.joined(separator: "\n") }

    /// Copies a build's output until it ends. The listener gets the latest step with each line and about every second.
    func follow(
        _ build: RunningChild, timeLimit: Double, interrupted: () -> Bool, _ listener: (_ step: String) -> Void
    ) throws -> ChildProcess.End {
        let time = Stopwatch()
        var step = ""
        while time.seconds < timeLimit {
            switch build.nextLine(timeLimit: 1, interrupted: interrupted) {
            case .line(let bytes):
                let line = String(decoding: bytes, as: UTF8.self)
                take(line)
                if Self.isStep(line) { step = line }
                listener(step)
            case .timeout: listener(step)
            case .interrupted:
                build.kill()
                return .interrupted
            case .closed:
                let outcome = try build.finish(timeLimit: 60, interrupted: interrupted)
                // Text without a line break at the end.
                if !outcome.output.isEmpty { take(String(decoding: outcome.output, as: UTF8.self)) }
                return outcome.end
            }
        }
        build.kill()
        return .timeout
    }

    private func take(_ line: String) {
        // The compiler will notice a full disk too.
        try? file.write(contentsOf: Data("\(line)\n".utf8))
        kept = (kept + [line]).suffix(Self.keptLines)
    }

    /// `[12/80] Compiling Kernels Add.swift`
    private static func isStep(_ line: String) -> Bool {
        guard line.hasPrefix("["), let end = line.firstIndex(of: "]") else { return false }
        return line[line.index(after: line.startIndex)..<end].allSatisfy { $0.isNumber || $0 == "/" }
    }
}
