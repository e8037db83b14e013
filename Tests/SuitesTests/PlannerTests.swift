import Running
import Testing
import Workloads

@Suite struct PlannerTests {
    @Test func sweepsAreMultipliedOutInOrder() throws {
        let plan = try plan(
            """
            cases:
              - kernel: matmul
                implementations: openblas
                label: "m{m} n{n}"
                with: { k: 3 }
                sweep: { m: [1, 2], n: [5, 7] }
            """)
        #expect(plan.cases.map(\.label) == ["m1 n5", "m1 n7", "m2 n5", "m2 n7"])
        #expect(plan.cases[0].name == "matmul[b=1,m=1,k=3,n=5,bias=false]/openblas/f32/t1")
        #expect(plan.cases[0].parameters["batch"] == "1")
    }

    @Test func threadsMultiplyAndDefaultsHold() throws {
        let plan = try plan(
            """
            title: T
            defaults: { implementations: openblas, threads: [1, 2], precision: 3%, time_limit: 500ms, samples: 9 }
            cases:
              - { kernel: matmul, with: { m: 1, k: 1, n: 1 } }
              - { kernel: matmul, with: { m: 2, k: 1, n: 1 }, threads: 3 }
            """)
        #expect(plan.cases.map(\.threads) == [1, 2, 3])
        #expect(plan.sampling == SamplingDefaults(precision: 0.03, timeLimit: 0.5, samples: 9))
        #expect(plan.suite.title == "T")
    }

    @Test func theSameCaseTwiceRunsOnce() throws {
        let plan = try plan(
            """
            defaults: { implementations: [openblas] }
            cases:
              - { kernel: matmul, label: a, with: { m: 1, k: 1, n: 1 } }
              - { kernel: matmul, label: b, with: { n: 1, k: 1, m: 1 } }
            """)
        #expect(plan.cases.map(\.label) == ["a"])
    }

    @Test func implementationsAreChosenByCaseAndCommandLine() throws {
        let text = """
            cases:
              - { kernel: matmul, with: { m: 1, k: 1, n: 1 }, implementations: [openblas, reference] }
            """
        #expect(try plan(text).cases.map(\.implementation.name) == ["openblas", "reference"])
        let only = PlanOverrides(implementations: ["reference"], threads: 4)
        #expect(
            try plan(text, overrides: only).cases.map(\.name) == ["matmul[b=1,m=1,k=1,n=1,bias=false]/reference/f32/t4"]
        )
    }

    @Test func aPlotsFilterMatchesACaseOfTheWholePlan() throws {
        let text = """
            cases: [{ kernel: matmul, with: { m: 1, k: 1, n: 1 }, implementations: [openblas, reference] }]
            plots: [{ kind: lines }, { kind: bars, filter: WORD }]
            """
        #expect(try plan(text.replacing("WORD", with: "openblas")).suite.plots.count == 2)
        let other = PlanOverrides(implementations: ["reference"])
        #expect(try plan(text.replacing("WORD", with: "openblas"), overrides: other).suite.plots.count == 2)
        let error = try #require(planError(text.replacing("WORD", with: "opnblas")))
        #expect(error.message == "the plot's filter: 'opnblas' matches no case")
        #expect(error.place.line == 2)
    }

    @Test func plotsKeepTheirWords() throws {
        let plan = try plan(
            """
            cases: [{ kernel: matmul, with: { m: 1, k: 1, n: 1 } }]
            plots: [{ kind: bars, x: m, y: latency, series: implementation, title: T, filter: f, exclude: [openblas] }]
            """)
        #expect(plan.suite.plots.count == 1)
        #expect(plan.suite.plots[0].x == "m")
        #expect(plan.suite.plots[0].filters == ["f"] && plan.suite.plots[0].exclude == ["openblas"])
    }

    /// Each suite that is wrong, and the place and words of the answer.
    @Test(arguments: [
        ("cases: [{ kernel: matmul, wiht: {} }]", "t.yaml:1:27: an item", "did you mean 'with'?"),
        ("title: x", "t.yaml:1:1: the suite has no cases", "include"),
        ("", "t.yaml: the file is empty", "cases"),
        ("cases: []", "t.yaml:1:8: 'cases' is empty", "list at least one"),
        ("cases: 3", "t.yaml:1:8: 'cases' should be a list, but is '3'", "write a list"),
        ("cases: [3]", "t.yaml:1:9: an item of 'cases' should be a mapping", "write a mapping"),
        ("cases: [{ label: x }]", "t.yaml:1:9: a case names no kernel", "kernel: NAME"),
        (
            "cases: [{ kernel: matmull, with: {} }]", "t.yaml:1:19: there is no kernel 'matmull'",
            "did you mean 'matmul'?"
        ),
        ("cases: [{ model: resnet }]", "t.yaml:1:18: there is no model 'resnet'", "did you mean 'resnet18'?"),
        ("cases: [{ kernel: matmul, with: { m: 1, k: 1 } }]", "t.yaml:1:9: matmul needs 'n'", "say what it is"),
        (
            "cases: [{ kernel: matmul, with: { m: x, k: 1, n: 1 } }]", "t.yaml:1:38: m: 'x' is not a whole number",
            "of at least 1"
        ),
        (
            "cases: [{ kernel: matmul, with: { m: 2147483648, k: 1, n: 1 } }]",
            "t.yaml:1:38: m: '2147483648' is not at most 2147483647",
            "smaller"
        ),
        (
            "cases: [{ kernel: matmul, with: { m: -1, k: 1, n: 1 } }]", "t.yaml:1:38: m: '-1' is not a whole number",
            "of at least 1"
        ),
        (
            "cases: [{ kernel: matmul, with: { q: 1, m: 1, k: 1, n: 1 } }]", "t.yaml:1:35: matmul has no parameter 'q'",
            "choose one of"
        ),
        (
            "cases: [{ kernel: matmul, with: { m: 2147483647, k: 2147483647, n: 2147483647 } }]",
            "t.yaml:1:9: the tensor 'x' of 2147483647x2147483647", "smaller"
        ),
        (
            "cases: [{ kernel: matmul, with: { m: 1, k: 1, n: 1 }, implementations: [opnblas] }]",
            "t.yaml:1:73: matmul has no implementation 'opnblas'", "did you mean 'openblas'?"
        ),
        (
            "cases: [{ kernel: matmul, label: \"{mm}\", with: { m: 1, k: 1, n: 1 } }]", "t.yaml:1:34: the label",
            "choose one of act, activation"
        ),
        (
            "cases: [{ kernel: matmul, label: a, with: { m: 1, k: 1 }, sweep: { n: [1, 2] } }]",
            "t.yaml:1:34: the label 'a' is used for two shapes", "in {groups}"
        ),
        (
            "cases: [{ kernel: matmul, threads: 0, with: { m: 1, k: 1, n: 1 } }]", "t.yaml:1:36: 'threads' is '0'",
            "from 1 to 1024"
        ),
        ("cases: [{ kernel: 'null' }]\nplots: [{ kind: bras }]", "t.yaml:2:9: there is no plot 'bras'", "'bars'"),
        ("cases: [{ kernel: 'null' }]\nplots: [{ kind: bars, y: latncy }]", "t.yaml:2:9: 'y' of the plot", "'latency'"),
        ("cases: [{ kernel: 'null' }]\ndefaults: { precision: 200% }", "t.yaml:2:24: 'precision' is '200%'", "2%"),
        ("cases: [{ kernel: 'null' }]\ndefaults: { time_limit: soon }", "t.yaml:2:25: 'time_limit' is 'soon'", "3s"),
        ("cases: [{ kernel: 'null' }]\ntitle: a\ntitle: b", "'title' appears twice", "keep one"),
        ("cases: [", "not YAML", "fix"),
        ("cases:\n\t- kernel: matmul", "a line cannot be indented with a tab", "write spaces"),
    ])
    func saysWhatIsWrongWhereAndWhatToDo(text: String, beginning: String, remedy: String) throws {
        let error = try #require(planError(text))
        #expect(error.description.contains(beginning))
        #expect(error.remedy.contains(remedy))
        #expect(!error.remedy.isEmpty)
    }

    @Test func aSweepTooLargeIsAnErrorAndNotAnHour() throws {
        let axis = "[" + (1...400).map(String.init).joined(separator: ", ") + "]"
        let text = "cases: [{ kernel: matmul, sweep: { m: \(axis), k: \(axis), n: \(axis) } }]"
        #expect(try #require(planError(text)).message.contains("more than 100000 cases"))
    }

    @Test func theDefaultsOfASuiteMayNotHideAKernel() throws {
        let text = "defaults: { implementations: [plain] }\ncases: [{ kernel: matmul, with: { m: 1, k: 1, n: 1 } }]"
        #expect(try #require(planError(text)).message.contains("none of the suite's default implementations"))
    }
}
