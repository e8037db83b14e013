/// An order in which the linker places a program's functions and data: the same objects at other addresses.
package struct Layout: Sendable, Hashable {
    /// 0 is the order of compilation; every other number is a different random order.
    package let number: Int

    package init(_ number: Int) { self.number = number }

    /// The most links of one program in a comparison.
    package static let most = 100

    package static let plain = Layout(0)

    /// Flags for the build. Unnamed constants keep their order: only neighbours show their length (see `NormalForm`).
    var flags: [String] {
        guard number != 0 else { return [] }
        return [".text*", ".data.$*", ".bss*"].flatMap {
            ["-Xlinker", "--shuffle-sections=\($0)=\(number)"]
        }
    }
}
