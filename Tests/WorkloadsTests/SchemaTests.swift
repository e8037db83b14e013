import Tensors
import Testing
import Workloads

@Suite struct SchemaTests {
    private let schema = Schema(
        "conv", "a convolution",
        [
            .count("n", as: "batch", default: 1, "images"),
            .count("ci", as: "in", "channels in"),
            .count("co", as: "out", "channels out"),
            .count("h", as: "height", "rows"),
            .count("w", as: "width", "columns"),
            Parameter("k", as: "kernel", .extent(1...64), .value(.extent(height: 3, width: 3)), "taps"),
            Parameter(
                "p", as: "padding", .extent(0...64),
                .derived("keeps the size") { arguments in
                    let taps = arguments.extent("k")
                    return .extent(height: taps.height / 2, width: taps.width / 2)
                }, "padding"),
            .choice("mode", ["zeros", "reflect", "circular"], "of padding"),
            .flag("bias", "adds a bias"),
            Parameter(
                "graph", .file(choices: ["rmat", "uniform"], suffix: ".mtx"), .value(.word("rmat")), "a graph"),
        ],
        shorthands: [
            Shorthand("size", sets: ["h", "w"], splits: true, "height and width"),
            Shorthand("channels", sets: ["ci", "co"], "in and out"),
        ], example: "ci=4,co=4,h=8,w=8")

    private func given(_ text: String) -> [Schema.Given] {
        text.split(separator: " ").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Schema.Given(String(parts[0]), String(parts[1]))
        }
    }

    private func error(_ text: String) -> ShapeError? {
        #expect(throws: ShapeError.self) { try schema.arguments(from: given(text)) }
    }

    @Test(arguments: [
        "ci=8 co=16 h=28 w=14", "in=8 out=16 height=28 width=14", "width=14 in=8 h=28 co=16",
        "in=8 out=16 size=28x14", "n=1 in=8 out=16 size=28x14 kernel=3x3 bias=false mode=zeros graph=rmat padding=1",
    ]) func spellingsOfOneShape(text: String) throws {
        let arguments = try schema.arguments(from: given(text))
        #expect(arguments.description == "n=1,ci=8,co=16,h=28,w=14,k=3,p=1,mode=zeros,bias=false,graph=rmat")
    }

    @Test func shorthandThatDoesNotSplit() throws {
        let arguments = try schema.arguments(from: given("channels=32 size=7 k=1x7 bias=true graph=a/b.mtx"))
        #expect(arguments.description == "n=1,ci=32,co=32,h=7,w=7,k=1x7,p=0x3,mode=zeros,bias=true,graph=a/b.mtx")
        #expect(arguments.extent("k") == (1, 7))
        #expect(arguments.flag("bias"))
        #expect(arguments.word("graph") == "a/b.mtx")
        #expect(arguments.int("h") == 7)
    }

    @Test func descriptionsRoundTrip() throws {
        let arguments = try schema.arguments(from: given("in=8 out=16 size=28x14 kernel=5x1"))
        let again = arguments.pairs.map { Schema.Given($0.key, $0.value.description) }
        #expect(try schema.arguments(from: again) == arguments)
    }

    /// An extra parameter is named where it is not its default, and is there all the same.
    @Test func extraParametersAreNamedWhereTheyMatter() throws {
        let schema = Schema(
            "k", "a kernel", [.count("n", "a count"), .choice("act", ["none", "relu"], "a function").asExtra],
            example: "n=1")
        let plain = try schema.arguments(from: given("n=1 act=none"))
        #expect(plain.description == "n=1")
        #expect(plain.word("act") == "none")
        #expect(try schema.arguments(from: given("n=1")) == plain)
        #expect(try schema.arguments(from: given("n=1 act=relu")).description == "n=1,act=relu")
    }

    /// Only what must be given is missing, not what follows from it.
    @Test func missing() {
        #expect(error("in=8 size=7")?.message == "conv needs 'out'")
        #expect(error("batch=2")?.message == "conv needs 'in', 'out', 'height', 'width'")
    }

    @Test func unknown() {
        let near = error("in=8 out=8 size=7 kernal=3")
        #expect(near?.parameter == "kernal")
        #expect(near?.message == "conv has no parameter 'kernal'")
        #expect(near?.remedy == "did you mean 'kernel'?")
        #expect(error("zzzzzzzz=1")?.remedy.hasPrefix("choose one of batch, in, out") == true)
    }

    @Test(arguments: [("in=8 in=8", "in"), ("in=8 ci=8", "ci"), ("height=7 size=7", "size"), ("size=7 w=7", "w")])
    func twice(text: String, word: String) {
        let error = error(text)
        #expect(error?.parameter == word)
        #expect(error?.message.contains("second time") == true)
    }

    @Test(arguments: [
        "in=0", "in=-1", "in=1.5", "in=", "in=eight", "in=2147483648", "in=99999999999999999999", "in= 8",
        "kernel=0", "kernel=65", "kernel=3x", "kernel=x3", "kernel=3x3x3", "kernel=x", "kernel=",
        "bias=yes", "bias=1", "bias=", "mode=zero", "mode=", "graph=", "graph=a.txt",
    ]) func badValue(text: String) throws {
        let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        let error = #expect(throws: ShapeError.self) {
            try schema.arguments(from: [Schema.Given(parts[0], parts[1])])
        }
        #expect(error?.parameter == parts[0])
        #expect(error?.message.hasPrefix("\(parts[0]): '\(parts[1])' is not") == true)
        #expect(error?.remedy.isEmpty == false)
    }

    @Test(arguments: ["size=7x7x7", "size=", "size=x", "size=7x", "size=7y7", "channels=8x8"])
    func badShorthand(text: String) {
        #expect(error("batch=1 " + text)?.parameter == String(text.prefix { $0 != "=" }))
    }

    @Test func nearestChoice() {
        #expect(error("mode=reflct")?.remedy == "did you mean 'reflect'?")
        #expect(error("mode=reflct")?.message == "mode: 'reflct' is not one of zeros, reflect, circular")
    }

    @Test func words() {
        #expect(schema.words.contains("size") && schema.words.contains("in"))
        #expect(schema.parameter("ci")?.word == "in" && schema.parameter("in")?.key == "ci")
        #expect(schema.parameter("size") == nil)
    }
}

@Suite struct ArgumentsTests {
    @Test(arguments: [
        ("rmat", "rmat"), ("a/b-c_d.mtx", "a/b-c_d.mtx"), ("", "\"\""), ("a b", "\"a b\""), ("a,b", "\"a,b\""),
        ("a=b", "\"a=b\""), ("a]b", "\"a]b\""), ("say \"no\"", "\"say \\\"no\\\"\""), ("a\\b", "\"a\\\\b\""),
        ("\"\u{301}", "\"\\\"\u{301}\""),
    ]) func quoting(word: String, text: String) {
        var arguments = Arguments()
        arguments["file"] = .word(word)
        #expect(arguments.description == "file=" + text)
    }

    @Test func orderIsKept() {
        var arguments = Arguments()
        arguments["z"] = .int(1)
        arguments["a"] = .flag(true)
        arguments["m"] = .extent(height: 2, width: 2)
        arguments["z"] = .int(5)
        #expect(arguments.description == "z=5,a=true,m=2")
        #expect(arguments.pairs.map(\.key) == ["z", "a", "m"])
    }
}
