import CGnuplot
import Foundation

/// Draws scripts with gnuplot.
package struct Drawing: Sendable {
    /// Looked up in PATH.
    package let program: String

    package init(program: String = "gnuplot") { self.program = program }

    /// The endings of the pictures a script draws.
    package static let formats = ["png", "svg"]

    /// Runs `NAME.gp` in its folder. The pictures are drawn aside and take their names only when they are whole; returns
    /// their names.
    package func draw(_ name: String, in folder: String) throws(ReportProblem) -> [String] {
        let workshop = "\(folder)/.\(name).\(getpid()).drawing"
        do {
            try FileManager.default.createDirectory(atPath: workshop, withIntermediateDirectories: false)
        } catch {
            throw ReportProblem("cannot draw in \(folder): \(error.reason)", remedy: "make the folder writable")
        }
        defer { try? FileManager.default.removeItem(atPath: workshop) }
        try run("../\(name).gp", in: workshop)
        var drawn: [String] = []
        for format in Self.formats {
            let picture = "\(name).\(format)"
            guard Self.isWhole("\(workshop)/\(picture)", format: format) else {
                throw ReportProblem(
                    "gnuplot left \(picture) unfinished", remedy: "see that the disk has space and gnuplot has cairo")
            }
            try ReplacedFile.move("\(workshop)/\(picture)", to: "\(folder)/\(picture)")
            drawn.append(picture)
        }
        return drawn
    }

    private func run(_ script: String, in folder: String) throws(ReportProblem) {
        var status: Int32 = 0
        var messages = [CChar](repeating: 0, count: 4096)
        let error = assay_draw(program, folder, script, &status, &messages, messages.count)
        guard error == 0 else {
            throw error == ENOENT
                ? ReportProblem("\(program) is not installed, no picture is drawn", remedy: "install gnuplot-nox")
                : ReportProblem(
                    "cannot run \(program): \(String(cString: strerror(error)))", remedy: "see if it is installed")
        }
        guard status == 0 else {
            let said = String(decoding: messages.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let lines = said.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            let last = lines.last { !$0.isEmpty } ?? "nothing said"
            throw ReportProblem(
                "gnuplot left \(script.dropFirst(3)) with code \(status): \(last)",
                remedy: "run gnuplot on the script to see where")
        }
    }

    /// Whether the file ends as its format must: gnuplot does not say when a disk is full.
    private static func isWhole(_ path: String, format: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path), let length = try? handle.seekToEnd() else {
            return false
        }
        try? handle.seek(toOffset: length - min(length, 32))
        let end = (try? handle.readToEnd()) ?? Data()
        return end.range(of: Data((format == "svg" ? "</svg>" : "IEND").utf8)) != nil
    }
}

extension Error {
    /// What the system said, without the file's name around it.
    var reason: String {
        let underlying = (self as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? self as NSError
        return underlying.domain == NSPOSIXErrorDomain
            ? String(cString: strerror(Int32(underlying.code))) : localizedDescription
    }
}
