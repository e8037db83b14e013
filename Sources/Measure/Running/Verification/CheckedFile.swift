import Foundation
import Platform
import Results

/// A file of a cache: it takes its name when it is whole, and is believed only if its fingerprint is that of its content.
///
/// Nothing fails because of a cache: what cannot be written is not kept, and what cannot be read is not there.
enum CheckedFile {
    /// The content, or nil if there is none or it is damaged. What is used counts as new, and so stays longest.
    static func read(_ path: String) -> Data? {
        guard let bytes = try? contents(of: path, atMost: .max), let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        let content = bytes[(end + 1)...]
        guard bytes[..<end].elementsEqual(Fingerprint.text(content).utf8) else { return nil }
        utimensat(AT_FDCWD, path, nil, 0)
        return Data(content)
    }

    /// Writes the content aside, and gives it its name; where two do so at once either will do.
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

    /// Removes the oldest files of a folder until no more than so many bytes and files are left.
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
