import Foundation
import Platform
import Results

/// A cache file: it gets its name only when it is complete, and it is used only if its fingerprint matches its content.
///
/// A cache never causes a failure: what cannot be written is not kept, and what cannot be read counts as missing.
enum CheckedFile {
    /// The content, or nil if it is missing or damaged. Reading marks the file as recently used, to keep it longest.
    static func read(_ path: String) -> Data? {
        guard let bytes = try? contents(of: path, atMost: .max), let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        let content = bytes[(end + 1)...]
        guard bytes[..<end].elementsEqual(Fingerprint.text(content).utf8) else { return nil }
        utimensat(AT_FDCWD, path, nil, 0)
        return Data(content)
    }

    /// Writes the content to a temporary file, then renames it. If two processes do so at once, either result is fine.
    static func write(_ content: Data, to path: String) {
        let folder = (path as NSString).deletingLastPathComponent
        let aside = "\(path).\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try (Data("\(Fingerprint.text(content))\n".utf8) + content).write(to: URL(fileURLWithPath: aside))
        } catch {
            unlink(aside)
            return
        }
        if rename(aside, path) != 0 { unlink(aside) }
    }

    /// Removes the oldest files of a folder until at most this many bytes and files are left.
    static func prune(_ folder: String, bytes mostBytes: Int, files mostFiles: Int) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var files = names.compactMap { name -> (path: String, bytes: Int, used: Int)? in
            var found = stat()
            guard stat("\(folder)/\(name)", &found) == 0 else { return nil }
            return ("\(folder)/\(name)", Int(found.st_size), found.st_mtim.tv_sec)
        }
        var bytes = files.reduce(0) { $0 + $1.bytes }
        guard bytes > mostBytes || files.count > mostFiles else { return }
        files.sort { $0.used > $1.used }
        while bytes > mostBytes || files.count > mostFiles, let oldest = files.popLast() {
            unlink(oldest.path)
            bytes -= oldest.bytes
        }
    }
}
