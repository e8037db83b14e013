import CPlatform
import Foundation

/// The names that compilers give to functions and data.
enum SymbolName {
    /// Whether a name means the same in two builds of which one has some other code more.
    ///
    /// It does not where it counts what the compiler made before it (`.L.str.12`, `objectdestroy.8Tm`, `parse.3`), hashes
    /// the module (`.llvm.123`), or is that of whichever of several functions with one body came first (`Tm`).
    static func isStable(_ name: String) -> Bool {
        var rest = name.utf8[...]
        if rest.isEmpty || name.hasPrefix(".L") || name.hasPrefix("__unnamed_") || name.hasPrefix("GCC_except_table") {
            return false
        }
        if rest.suffix(2).elementsEqual("Tm".utf8) { return false }
        let digits = rest.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
        rest.removeLast(digits)
        return digits == 0 || rest.last != UInt8(ascii: ".")
    }

    /// For people: demangled where it is of Swift.
    static func demangled(_ name: String) -> String {
        guard let text = assay_demangle(name, name.utf8.count) else { return name }
        defer { free(text) }
        return String(cString: text)
    }
}
