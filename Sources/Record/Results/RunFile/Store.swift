import Foundation
import Platform

/// The folder of run files: `Results/<machine>/<UTC time>-<suite>.jsonl`.
package struct Store: Sendable, Hashable {
    package let root: String

    package init(_ root: String) { self.root = root }

    /// Starts a run file. If the name is taken, `-2`, `-3` ... is appended.
    package func create(machine: String, suite: String, at date: Date = Date()) throws(FileError) -> RunFileWriter {
        try create(in: Self.fileName(machine), named: suite, at: date) { (path) throws(FileError) in
            try RunFileWriter(creating: path)
        }
    }

    /// Starts another kind of JSON lines file, in its own folder inside a machine's folder.
    package func createLines(
        machine: String, folder: String, named name: String, at date: Date = Date()
    ) throws(FileError) -> LineWriter {
        try create(in: "\(Self.fileName(machine))/\(folder)", named: name, at: date) { (path) throws(FileError) in
            try LineWriter(creating: path)
        }
    }

    private func create<Writer>(
        in folder: String, named name: String, at date: Date, _ make: (String) throws(FileError) -> Writer
    ) throws(FileError) -> Writer {
        let time = Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted).format(date)
        var number = 1
        while true {
            let suffix = number == 1 ? "" : "-\(number)"
            do {
                return try make("\(root)/\(folder)/\(time)-\(Self.fileName(name))\(suffix).jsonl")
            } catch  where error.code == EEXIST && number < 1000 {
                number += 1
            }
        }
    }

    /// The paths of all run files, newest first; empty if the folder does not exist.
    package func files() throws(FileError) -> [String] {
        var found: [String] = []
        for machine in try Self.entries(of: root) {
            found += try files(machine: machine)
        }
        return Self.newestFirst(found)
    }

    /// The paths of one machine's run files.
    package func files(machine: String) throws(FileError) -> [String] {
        let folder = "\(root)/\(Self.fileName(machine))"
        let names = try Self.entries(of: folder).filter { $0.hasSuffix(".jsonl") }
        return Self.newestFirst(names.map { "\(folder)/\($0)" })
    }

    /// The newest file of each suite, newest first, and the errors for files whose suite could not be read.
    package func newestOfEachSuite() throws(FileError) -> (paths: [String], problems: [FileError]) {
        var suites: Set<String> = []
        var (paths, problems): ([String], [FileError]) = ([], [])
        for path in try files() {
            do {
                if suites.insert(try RunFileReader.header(of: path).suite.name).inserted { paths.append(path) }
            } catch {
                problems.append(error)
            }
        }
        return (paths, problems)
    }

    /// A name that is valid for a file: letters, digits, `.`, `_`, `-`; anything else becomes `_`, and no name begins
    /// with a dot.
    package static func fileName(_ name: String) -> String {
        let plain = name.unicodeScalars.map { scalar -> Character in
            let allowed = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return allowed || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "_"
        }
        return String(plain.isEmpty || plain[0] == "." ? ["_"] + plain.dropFirst() : plain)
    }

    private static func entries(of folder: String) throws(FileError) -> [String] {
        guard let stream = opendir(folder) else {
            let code = errno
            if code == ENOENT || code == ENOTDIR { return [] }
            throw .system(folder, "cannot list the folder", code: code)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// Sorts by time and, within a second, by number: of two names, the one with a number is the longer.
    private static func newestFirst(_ paths: [String]) -> [String] {
        func key(_ path: String) -> (String, Int, String) {
            let name = (path as NSString).lastPathComponent
            return (String(name.prefix(16)), name.utf8.count, path)
        }
        return paths.map { ($0, key($0)) }.sorted { $0.1 > $1.1 }.map(\.0)
    }
}
