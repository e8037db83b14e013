import Foundation

/// The scripts in a folder that show figures of one CSV, and their pictures. The first line of a script says whether it
/// is ours and for which CSV; other files are not touched.
struct BelongingPictures {
    private let folder: String
    private let source: String

    init(in folder: String, source: String) {
        self.folder = folder
        self.source = source
    }

    /// The text of the scripts by the names of their plots.
    var scripts: [String: String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var found: [String: String] = [:]
        for file in names where file.hasSuffix(".gp") {
            let (name, path) = (String(file.dropLast(3)), "\(folder)/\(file)")
            guard isFile(path), let text = try? String(contentsOfFile: path, encoding: .utf8),
                text.hasPrefix(Plot.signature(of: name, source: source) + "\n")
            else { continue }
            found[name] = text
        }
        return found
    }

    /// Removes the pictures of one of our scripts. Returns the names of the removed files.
    func removePictures(of name: String, withScript: Bool) -> [String] {
        let names = Drawing.formats.map { "\(name).\($0)" } + (withScript ? ["\(name).gp"] : [])
        return names.filter { isFile("\(folder)/\($0)") && unlink("\(folder)/\($0)") == 0 }
    }

    /// Whether the path is a regular file and not a link.
    private func isFile(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
