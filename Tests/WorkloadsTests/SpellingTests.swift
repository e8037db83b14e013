import Testing
import Workloads

@Suite struct SpellingTests {
    @Test(arguments: [
        ("conv2", "conv2d"), ("convd2", "conv2d"), ("CONV2D", "conv2d"), ("matmull", "matmul"), ("mtamul", "matmul"),
        ("layer-norm", "layer_norm"), ("atention", "attention"), ("spm", "spmm"),
    ]) func near(word: String, nearest: String) {
        let words = ["conv2d", "matmul", "layer_norm", "attention", "spmm", "m", "k"]
        #expect(Spelling.suggestion(for: word, among: words) == "did you mean '\(nearest)'?")
    }

    @Test(arguments: ["q", "xy", "pooling", ""]) func far(word: String) {
        #expect(Spelling.suggestion(for: word, among: ["m", "k", "conv2d"]) == "choose one of m, k, conv2d")
    }

    @Test func nothingToChooseFrom() {
        #expect(Spelling.suggestion(for: "x", among: []) == "there is none to choose from")
    }

    @Test func lettersMayBeLeftOut() {
        let words = ["drop-identity", "fold-batch-norm", "fold-layer-scale"]
        #expect(Spelling.suggestion(for: "foldbn", among: words) == "did you mean 'fold-batch-norm'?")
        #expect(Spelling.suggestion(for: "fold", among: words).hasPrefix("choose one of drop-identity, "))
    }

    @Test func ofManyWordsTheNearestAreNamed() {
        let words = (0..<120).map { "parameter_\($0)" } + ["roofline_share"]
        let text = Spelling.suggestion(for: "roofline_percentage", among: words)
        #expect(
            text.hasPrefix("of 121 words the nearest are ") && text.contains("roofline_share") && text.utf8.count < 200)
    }

    @Test func hostileLength() {
        let word = String(repeating: "a", count: 1_000_000)
        #expect(Spelling.suggestion(for: word, among: ["conv2d"]).isEmpty == false)
    }
}
