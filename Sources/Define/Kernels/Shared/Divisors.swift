/// The divisors of a count, for the remedies of shapes that must divide evenly.
enum Divisors {
    /// "use 4 or 8, the nearest that divide 64".
    static func suggestion(near wrong: Int, of counts: Int...) -> String {
        let all = divisors(of: counts.reduce(0, gcd))
        let near = [all.last { $0 < wrong }, all.first { $0 > wrong }].compactMap { $0.map(String.init) }
        let counts = counts.map(String.init).joined(separator: " and ")
        return "use \(near.joined(separator: " or ")), the nearest that divide\(near.count == 1 ? "s" : "") \(counts)"
    }

    private static func gcd(_ a: Int, _ b: Int) -> Int { b == 0 ? a : gcd(b, a % b) }

    private static func divisors(of number: Int) -> [Int] {
        let small = (1...max(Int(Double(number).squareRoot()), 1)).filter { number.isMultiple(of: $0) }
        return small + small.reversed().map { number / $0 }
    }
}
