import RealModule

/// The lower tail of Bin(n, 1/2): the probability that few of n fair coins show heads.
enum BinomialTail {
    /// P(Bin(n, 1/2) < k), with a relative error of about 1e-12 if k <= (n + 1) / 2; for larger k, one minus the other
    /// tail.
    static func below(_ k: Int, count n: Int) -> Double {
        if k <= 0 { return 0 }
        if k > n { return 1 }
        return k <= (n + 1) / 2 ? sum(below: k, count: n) : 1 - sum(below: n - k + 1, count: n)
    }

    /// Summed from the largest term down until terms become negligible: O(sqrt n).
    private static func sum(below k: Int, count n: Int) -> Double {
        var j = k - 1
        let largest = Double.exp(
            Double.logGamma(Double(n) + 1) - Double.logGamma(Double(j) + 1) - Double.logGamma(Double(n - j) + 1)
                - Double(n) * Double.log(2))
        var (sum, share) = (0.0, 1.0)
        while j >= 0, share > 0x1p-60 {
            sum += share
            share *= Double(j) / Double(n - j + 1)
            j -= 1
        }
        return largest * sum
    }
}
