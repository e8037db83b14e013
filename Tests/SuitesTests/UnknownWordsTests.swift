import Running
import Testing

@Suite struct UnknownWordsTests {
    @Test(arguments: [
        ("matmul[m=8,k=8,n=8]/openblas/f32/t1", []),
        ("matmull[m=8]/openblas", ["matmull"]),
        ("matmul[m=8,q=8]/opnblas", ["q", "opnblas"]),
        ("resnet50[wdith=2]", ["wdith"]),
        ("matmul[m=", []),
    ])
    func theyAreThoseThatThisProgramHasNotGot(name: String, words: [String]) {
        #expect(Catalog.all.unknownWords(in: name) == words)
    }
}
