/// An order in which the linker puts the functions and data of a program: the same objects, other addresses.
package struct Layout: Sendable, Hashable {
    /// 0 is the order in which they were compiled; of others, each number is another order, drawn by chance.
    package let number: Int

    package init(_ number: Int) { self.number = number }

    /// The most links of one program that a comparison takes.
    package static let most = 100

    package static let plain = Layout(0)

    /// For the build. Constants without a name stay in their order: how long one is only its neighbours tell (see `NormalForm`).
    var flags: [String] {
        guard number != 0 else { return [] }
        return [".text*", ".data.$*", ".bss*"].flatMap {
            ["-Xlinker", "--shuffle-sections=\($0)=\(number)"]
        }
    }
}
