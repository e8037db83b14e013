import Kernels
import Tensors
import Testing
import Workloads

@Suite struct MatrixMarketTests {
    private func parse(_ bytes: some Sequence<UInt8>) throws(ShapeError) -> EdgeList {
        try Array(bytes).withUnsafeBytes { bytes in
            Result { () throws(ShapeError) in try MatrixMarket.parse(bytes, file: "g.mtx") }
        }.get()
    }

    @Test func general() throws {
        let text = "%%MatrixMarket matrix coordinate real general\n% a comment\n\n3 4 3\n1 4 0.5\n3 1 -2e1\n3 1 7\n"
        let list = try parse(text.utf8)
        #expect(list.rows == 3 && list.columns == 4)
        #expect(list.destinations == [0, 2, 2])
        #expect(list.sources == [3, 0, 0])
        #expect(list.weights == [0.5, -20, 7])
    }

    @Test func symmetricIsMirroredOffTheDiagonal() throws {
        let list = try parse("%%MatrixMarket MATRIX coordinate Integer symmetric\n3 3 3\n1 1 4\n2 1 5\n3 2 6".utf8)
        #expect(list.destinations == [0, 1, 2, 0, 1])
        #expect(list.sources == [0, 0, 1, 1, 2])
        #expect(list.weights == [4, 5, 6, 5, 6])
    }

    @Test func patternsWeighOne() throws {
        let list = try parse("%%MatrixMarket matrix coordinate pattern general\r\n2 2 2\r\n 1\t2 \r\n\r\n2  2".utf8)
        #expect(list.destinations == [0, 1])
        #expect(list.sources == [1, 1])
        #expect(list.weights == [1, 1])
    }

    @Test func withoutEntries() throws {
        #expect(try parse("%%MatrixMarket matrix coordinate real general\n5 2 0\n".utf8).count == 0)
    }

    @Test func sizeOfAFile() throws {
        let general = "%%MatrixMarket matrix coordinate real general\n3 4 2\n1 1 1\n2 2 2\n"
        let file = try withFile(general.utf8) { try MatrixMarket(path: $0) }
        #expect((file.rows, file.columns, file.edges, file.longestRow) == (3, 4, 2, 1))
        let symmetric = "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 2\n1 1\n3 2\n"
        let mirrored = try withFile(symmetric.utf8) { try MatrixMarket(path: $0) }
        #expect((mirrored.edges, mirrored.longestRow) == (3, 1))
    }

    /// What is wrong, and the line that must be named.
    @Test(arguments: [
        ("", 1), ("\n\n", 2), ("1 2 3\n", 1), ("%MatrixMarket matrix coordinate real general\n1 1 0\n", 1),
        ("%%MatrixMarket\n1 1 0\n", 1), ("%%MatrixMarket matrix array real general\n1 1\n1\n", 1),
        ("%%MatrixMarket matrix coordinate complex general\n1 1 0\n", 1),
        ("%%MatrixMarket matrix coordinate real skew-symmetric\n1 1 0\n", 1),
        ("%%MatrixMarket matrix coordinate real general more\n1 1 0\n", 1),
        ("%%MatrixMarket matrix coordinate real general\n", 1),
        ("%%MatrixMarket matrix coordinate real general\n%\n%", 3),
        ("%%MatrixMarket matrix coordinate real general\n1 1\n", 2),
        ("%%MatrixMarket matrix coordinate real general\n1 1 0 0\n", 2),
        ("%%MatrixMarket matrix coordinate real general\n0 1 0\n", 2),
        ("%%MatrixMarket matrix coordinate real general\n-1 1 0\n", 2),
        ("%%MatrixMarket matrix coordinate real general\n1 2147483648 0\n", 2),
        ("%%MatrixMarket matrix coordinate real general\n99999999999999999999999999 1 0\n", 2),
        ("%%MatrixMarket matrix coordinate real general\n1 1 2147483647\n1 1 1\n", 2),
        ("%%MatrixMarket matrix coordinate real symmetric\n1 2 1\n1 1 1\n", 2),
        ("%%MatrixMarket matrix coordinate real general\n2 2 2\n1 1 1.00000000000\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 2 1\n1 1 1\n2 2 2\n", 4),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n3 1 1\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n1 4 1\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n0 1 1\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n1 -1 1\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1.5 1\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n% here\n\n1 1\n", 5),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1 one\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1 1e39\n", 3),
        ("%%MatrixMarket matrix coordinate real general\n2 3 1\n1 1 nan\n", 3),
        ("%%MatrixMarket matrix coordinate pattern general\n2 3 1\n1 1 1\n", 3),
        ("%%MatrixMarket matrix coordinate real symmetric\n3 3 1\n1 2 1\n", 3),
    ]) func errorsNameFileLineAndRemedy(text: String, line: Int) {
        let error = #expect(throws: ShapeError.self) { try parse(text.utf8) }
        #expect(error?.message.hasPrefix("g.mtx:\(line): ") == true, "\(error?.message ?? "")")
        #expect(error?.parameter == "graph")
        #expect(error?.remedy.isEmpty == false)
    }

    @Test func missingFilesAndFolders() {
        for path in ["/no/such/file.mtx", "/"] {
            let error = #expect(throws: ShapeError.self) { try MatrixMarket(path: path) }
            #expect(error?.message.contains("'\(path)'") == true)
        }
    }

    @Test func aFileThatChangesIsNoticed() throws {
        let head = "%%MatrixMarket matrix coordinate pattern general\n"
        let bytes = Array((head + "2 2 1\n1 1\n").utf8)
        let planned = try withFile(bytes) { path in try MatrixMarket(path: path) }
        #expect(throws: ShapeError.self) { try planned.edgeList() }
    }

    /// Every prefix is read or refused: a file cut within its last word cannot be told from a whole one.
    @Test func truncatedFiles() throws {
        let text = Array(
            "%%MatrixMarket matrix coordinate real symmetric\n% c\n9 9 3\n1 1 0.25\n7 2 1e3\n9 9 -1.5\n".utf8)
        let whole = try parse(text)
        for length in 0..<text.count {
            if let list = try? parse(text.prefix(length)) {
                #expect(list.sources == whole.sources, "\(length) bytes")
                #expect(length > text.count - 5, "\(length) bytes")
            }
        }
    }

    /// Files with bytes put in, taken out and changed, and files of noise: whatever is accepted is sound.
    @Test func damagedFiles() {
        let seeds = [
            "%%MatrixMarket matrix coordinate real general\n% c\n12 7 3\n1 1 0.25\n7 2 1e3\n12 7 -1.5\n",
            "%%MatrixMarket matrix coordinate pattern symmetric\n9 9 2\n4 1\n9 9\n",
        ].map { Array($0.utf8) }
        let alphabet = Array("0123456789 \n\r\t%-+.eE\0\u{7f}".utf8) + [0x80, 0xFF]
        let draws = Draws("damage", seed: 1)
        var next = 0
        func draw(below bound: Int) -> Int {
            next += 1
            return Int(draws[next].multipliedFullWidth(by: UInt64(bound)).high)
        }
        var accepted = 0
        for trial in 0..<20_000 {
            var bytes = trial % 10 == 0 ? (0..<draw(below: 80)).map { _ in UInt8(draw(below: 256)) } : seeds[trial % 2]
            for _ in 0..<1 + draw(below: 4) where !bytes.isEmpty {
                let place = draw(below: bytes.count)
                switch draw(below: 3) {
                case 0: bytes[place] = alphabet[draw(below: alphabet.count)]
                case 1: bytes.insert(alphabet[draw(below: alphabet.count)], at: place)
                default: bytes.remove(at: place)
                }
            }
            guard let list = try? parse(bytes) else { continue }
            accepted += 1
            #expect(list.sources.allSatisfy { $0 >= 0 && $0 < list.columns })
            #expect(list.destinations.allSatisfy { $0 >= 0 && $0 < list.rows })
            #expect(list.destinations.count == list.count && list.weights?.count == list.count)
        }
        #expect(accepted > 100)
    }
}
