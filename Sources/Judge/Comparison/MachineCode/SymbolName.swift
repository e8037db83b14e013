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

    /// Whether a name is that of data that somebody wrote: a global or static variable, an array of constants, anything of
    /// C. What Swift tells of types is not.
    static func isValue(_ name: String) -> Bool {
        guard isStable(name) else { return false }
        guard name.hasPrefix("$s") else { return true }
        if name.hasSuffix("vp") || name.hasSuffix("vpZ") { return true }
        // `Tv_`, `Tv0_`: outlined from a function.
        let rest = name.utf8.dropLast(name.hasSuffix("_") ? 1 : 0)
        let digits = rest.reversed().prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }.count
        return name.hasSuffix("_") && rest.dropLast(digits).suffix(2).elementsEqual("Tv".utf8)
    }

    /// For people: demangled where it is of Swift.
    static func demangled(_ name: String) -> String {
        guard let text = assay_demangle(name, name.utf8.count) else { return name }
        defer { free(text) }
        return String(cString: text)
    }
}
