import Foundation

/// The sources of Assay in a folder, used to tell whether a program was built from them.
package struct SourceTree {
    /// The files and folders that a program is built from, relative to the folder.
    package static let roots = ["Package.swift", "Sources"]

    /// A fingerprint of the contents and paths of all source files, in decimal: the POSIX checksum of a list with one
    /// line per file (checksum, size, path), sorted by the bytes of the paths. Files whose names begin with a dot are
    /// left out. `Sources/Record/Provenance/provenance.sh` computes the same with `cksum` when a program is built.
    package let fingerprint: String

    /// Nil if the folder does not hold Assay's sources, or they cannot be read.
    package init?(in folder: String) {
        let root = URL(fileURLWithPath: folder)
        guard let manifest = try? String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8),
            manifest.contains(#"name: "assay""#),
            let paths = FileManager.default.subpaths(atPath: root.appendingPathComponent("Sources").path)
        else { return nil }
        let files = (["Package.swift"] + paths.map { "Sources/\($0)" })
            .filter { !($0 as NSString).lastPathComponent.hasPrefix(".") }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        var list = ""
        for path in files {
            var information = stat()
            let whole = root.appendingPathComponent(path).path
            guard lstat(whole, &information) == 0, information.st_mode & S_IFMT == S_IFREG else { continue }
            guard let bytes = FileManager.default.contents(atPath: whole) else { return nil }
            list += "\(POSIXChecksum.of(bytes)) \(bytes.count) \(path)\n"
        }
        fingerprint = String(POSIXChecksum.of(Data(list.utf8)))
    }
}

/// The cyclic redundancy check that POSIX specifies for `cksum`.
package enum POSIXChecksum {
    private static let polynomial: UInt32 = 0x04C1_1DB7

    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte) << 24) { value, _ in
            value & 0x8000_0000 == 0 ? value << 1 : value << 1 ^ polynomial
        }
    }

    /// The checksum of the bytes followed by their number, lowest byte first.
    package static func of(_ bytes: Data) -> UInt32 {
        func adding(_ byte: UInt8, to sum: UInt32) -> UInt32 {
            sum << 8 ^ table[Int(UInt8(truncatingIfNeeded: sum >> 24) ^ byte)]
        }
        var sum = bytes.reduce(0) { adding($1, to: $0) }
        var count = bytes.count
        while count > 0 {
            sum = adding(UInt8(truncatingIfNeeded: count), to: sum)
            count >>= 8
        }
        return ~sum
    }
}
