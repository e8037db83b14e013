import Results
import TestSupport
import Testing

/// Whatever is typed as a filter chooses cases or is an error with words.
@Suite struct FilterFuzzTests {
    @Test func filters() async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardOutputContent, \.standardErrorContent]
        ) {
            let cases = [
                ("conv2d[n=1,ci=256,co=256,h=28,w=28,k=3,s=1,g=32]/native/f32/t1", "grouped g32 256@28"),
                ("matmul[m=1024,n=1024,k=1024]/openblas/f32/t2", "größer 深さ 😀"),
                ("mobilenet_v2[width=0.35]/native/f32/t1", String(repeating: "a", count: 200)),
            ]
            let damage = TextDamage(
                [
                    "grouped.*native", #"^conv2d\[.*k=3\b"#, "(mobilenet|resnet)_v?[0-9]+", #"[\p{L}--[a-z]]{2,3}?"#,
                    "(?<size>[0-9]+)@(?!28)", "a b|c d", "(?i:NATIVE)/f32", #"\Qmatmul[\E"#,
                ],
                words: [
                    "(", ")", "[", "]", "{", "}", "*", "+", "?", "|", "^", "$", ".", "\\", "(?:", "(?=", "(?<=", "(?>",
                    "(?#",
                    "[^", "[:", "&&", "{2,}", "{99999999}", "(a+)+$", "(.*)*x", #"\1"#, #"\p{"#, #"\x{"#, #"\u12"#, "😀",
                    "!", " ",
                ])
            Fuzzing.run(expecting: ["chosen", "refused"]) { draws in
                let text = String(decoding: damage.input(&draws), as: UTF8.self)
                do {
                    let filter = try CaseFilter(
                        draws.below(4) == 0 ? [] : [text], excluding: draws.below(4) == 0 ? [text] : [])
                    for (name, label) in cases { _ = try filter.matches(name: name, label: label) }
                    if try filter.choose(from: cases, by: { $0 }).isEmpty { throw Fuzzing.Finding("nothing chosen") }
                    return "chosen"
                } catch let error as PatternError {
                    if error.message.isEmpty { throw Fuzzing.Finding("no words: \(error)") }
                    return "refused"
                }
            }
        }
        #expect(
            Fuzzing.failure(output: result?.standardOutputContent, errors: result?.standardErrorContent) == nil)
    }
}
