import CPlatform
import Foundation

/// The names that compilers give to functions and data.
enum SymbolName {
    /// Whether a name means the same in two builds if one of them has additional code.
    ///
    /// It does not if it numbers what the compiler made before (`.L.str.12`, `objectdestroy.8Tm`, `parse.3`), hashes
    /// the module (`.llvm.123`), or is taken from whichever of several functions with the same body came first (`Tm`).
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

    /// Whether a name is that of data in the source: a global or static variable, an array of constants, or anything
    /// from C. Swift's descriptions of types are not.
    static func isValue(_ name: String) -> Bool {
        guard isStable(name) else { return false }
        guard name.hasPrefix("$s") else { return true }
        if name.hasSuffix("vp") || name.hasSuffix("vpZ") { return true }
        // `Tv_`, `Tv0_`: outlined from a function.
        let rest = name.utf8.dropLast(name.hasSuffix("_") ? 1 : 0)
        let digits = rest.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
        return name.hasSuffix("_") && rest.dropLast(digits).suffix(2).elementsEqual("Tv".utf8)
    }

    /// For people: demangled if it is a Swift name.
    static func demangled(_ name: String) -> String {
        guard let text = assay_demangle(name, name.utf8.count) else { return name }
        defer { free(text) }
        return String(cString: text)
    }
}
