import Glibc

/// The text files in which Linux describes itself. Tests use their own root.
package struct SystemFiles: Sendable {
    /// Prefix of every path; empty for the running system.
    package let root: String

    /// A limit, so that an endless file does not fill the memory. The largest file we read, /proc/cpuinfo, has about
    /// 1.5 KB per processor.
    private static let limit = 8 << 20

    package init(root: String = "") { self.root = root }

    /// The whole file; nil if it is missing or cannot be read. Bytes that are not UTF-8 are replaced.
    package func text(_ path: String) -> String? {
        guard let file = fopen(root + path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while bytes.count < Self.limit {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        guard ferror(file) == 0 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The lines of a file without line breaks; empty if it cannot be read.
    package func lines(_ path: String) -> [Substring] { text(path)?.split(whereSeparator: \.isNewline) ?? [] }

    /// The first line of a file without surrounding white space; nil if empty.
    package func line(_ path: String) -> String? {
        guard let line = lines(path).first?.trimmed, !line.isEmpty else { return nil }
        return line
    }

    /// The whole number in the first line of a file.
    package func int(_ path: String) -> Int? { line(path).flatMap { Int($0) } }

    /// The numbers in a file with lines such as `nr_throttled 12`.
    package func counters(_ path: String) -> [String: Int] {
        var counters: [String: Int] = [:]
        for line in lines(path) {
            let words = line.split(whereSeparator: \.isWhitespace)
            if words.count >= 2, let value = Int(words[1]) { counters[String(words[0])] = value }
        }
        return counters
    }

    package func exists(_ path: String) -> Bool { access(root + path, F_OK) == 0 }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
