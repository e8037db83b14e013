import Foundation
import Workloads

/// Finds suites by name or path, and follows their includes.
package struct SuiteLibrary: Sendable {
    /// Usually `Suites`.
    package let folder: String

    package init(folder: String) { self.folder = folder }

    /// A suite and every suite that it includes, without duplicates, in the order in which their cases run.
    package struct Loaded: Sendable {
        package let root: Suite
        package let suites: [Suite]

        package init(root: Suite, suites: [Suite]) {
            self.root = root
            self.suites = suites
        }
    }

    /// The names of the suites in the folder, sorted.
    package var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return files.filter { $0.hasSuffix(Self.ending) && !$0.hasPrefix(".") }.map {
            String($0.dropLast(Self.ending.count))
        }
        .sorted()
    }

    /// Loads a suite by name (looked up in the folder) or by path.
    package func load(_ reference: String) throws(SuiteError) -> Loaded {
        let asked = Place(file: reference)
        var loading = Loading(library: self)
        let root = try loading.add(path: path(of: reference, from: nil), at: asked)
        return Loaded(root: root, suites: loading.suites)
    }

    static let ending = ".yaml"

    /// A reference with a slash or an extension is a path, relative to the including file's folder; else it is a name.
    private func path(of reference: String, from file: String?) -> String {
        guard
            reference.contains("/") || [".", ".."].contains(reference) || reference.hasSuffix(Self.ending)
                || reference.hasSuffix(".yml")
        else {
            return "\(folder)/\(reference)\(Self.ending)"
        }
        guard let file, !reference.hasPrefix("/") else { return reference }
        return URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent(reference).relativePath
    }

    private func read(_ path: String, at place: Place) throws(SuiteError) -> Suite {
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists, !isFolder.boolValue else {
            throw SuiteError(
                isFolder.boolValue ? "'\(path)' is a folder" : "there is no suite '\(path)'", at: place,
                remedy: remedy(forMissing: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent))
        }
        let data = try bytes(of: path, at: place)
        guard data.count <= SuiteReader.largest else { throw SuiteReader.tooLarge(path) }
        guard let text = String(data: data, encoding: .utf8) else {
            throw SuiteError("'\(path)' is not UTF-8 text", at: place, remedy: "write it as UTF-8")
        }
        let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return try SuiteReader.read(text, name: name, path: path)
    }

    /// Reads at most one byte more than allowed, since a device or a pipe may have no end.
    private func bytes(of path: String, at place: Place) throws(SuiteError) -> Data {
        // Opening a named pipe would otherwise block until something writes to it.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SuiteError(
                "'\(path)' cannot be read: \(String(cString: strerror(errno)))", at: place,
                remedy: "check its permissions")
        }
        // If something does write to the pipe, as with `<(...)` in a shell, wait for all of it.
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            return try file.read(upToCount: SuiteReader.largest + 1) ?? Data()
        } catch {
            throw SuiteError("'\(path)' cannot be read", at: place, remedy: "give a file")
        }
    }

    /// A suggestion for a suite that does not exist.
    private func remedy(forMissing name: String) -> String {
        let kinds = (Catalog.all.kernels + Catalog.all.models).map(\.name)
        if let absence, !kinds.contains(name) { return absence }
        // A similar suite is more likely than a similar model.
        guard Spelling.nearest(to: name, among: names) == nil, let near = Spelling.nearest(to: name, among: kinds),
            let (word, kind) = try? Catalog.all.find(near)
        else { return Spelling.suggestion(for: name, among: names) }
        let needsShape = (try? kind.workload(from: [])) == nil
        let example = needsShape ? "'\(near)[\(kind.schema.example)]'" : near
        return (near == name ? "" : "did you mean \(near)? ")
            + "'\(near)' is a \(word), which runs with --case \(example)"
    }

    /// A message about where suites were looked for, if there is no such folder; otherwise nil.
    package var absence: String? {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue { return nil }
        let here = FileManager.default.currentDirectoryPath
        return
            "there is no folder 'Suites' in \(here) or above it; work in a clone of Assay, or give the path of a suite"
    }

    /// Walks the includes depth first.
    private struct Loading {
        let library: SuiteLibrary
        var suites: [Suite] = []
        private var done: [String: Suite] = [:]
        private var open: [String] = []
        /// The number of files, and of values in all of them.
        private var (files, values) = (0, 0)

        private static let deepest = 100
        private static let mostFiles = 1000

        init(library: SuiteLibrary) { self.library = library }

        mutating func add(path: String, at place: Place) throws(SuiteError) -> Suite {
            let identity = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
            if let start = open.firstIndex(of: identity) {
                let cycle = (open[start...] + [identity]).map { URL(fileURLWithPath: $0).lastPathComponent }
                throw SuiteError(
                    "the includes form a cycle: \(cycle.joined(separator: " -> "))", at: place,
                    remedy: "remove one of them")
            }
            if let known = done[identity] { return known }
            guard open.count < Self.deepest, files < Self.mostFiles else {
                throw SuiteError(
                    open.count < Self.deepest
                        ? "more than \(Self.mostFiles) files are included"
                        : "the includes are more than \(Self.deepest) deep", at: place,
                    remedy: "include fewer suites")
            }
            open.append(identity)
            defer { open.removeLast() }
            let suite = try library.read(path, at: place)
            files += 1
            values += suite.values
            guard values <= BoundedYAML.mostValues else {
                throw SuiteError(
                    "the suite and its includes have more than \(BoundedYAML.mostValues) values", at: place,
                    remedy: "split it into several suites")
            }
            for include in suite.includes {
                _ = try add(path: library.path(of: include.content, from: path), at: include.place)
            }
            done[identity] = suite
            suites.append(suite)
            return suite
        }
    }
}
