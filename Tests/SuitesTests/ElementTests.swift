import Running
import Settings
import Testing

/// Types of elements in suites and names.
@Suite struct ElementTests {
    @Test func eachBecomesCasesOfTheImplementationsThatHaveIt() throws {
        let plan = try plan(
            """
            defaults: { elements: [f32, bf16] }
            cases:
              - kernel: matmul
                label: "{m} {element}"
                with: { k: 1, n: 1 }
                sweep: { m: [1, 2] }
                elements: [f32, i8]
                implementations: [openblas, plain]
              - { kernel: matmul, label: default, with: { m: 3, k: 1, n: 1 } }
              - { kernel: add, with: { elements: 3 }, implementations: native }
            """)
        #expect(
            plan.cases.map { "\($0.label): \($0.name.drop { $0 != "/" })" } == [
                "1 f32: /openblas/f32/t1", "1 i8: /plain/i8/t1", "2 f32: /openblas/f32/t1", "2 i8: /plain/i8/t1",
                "default: /native/f32/t1", "default: /openblas/f32/t1", "default: /plain/bf16/t1",
                "add elements=3: /native/f32/t1",
            ])
        #expect(plan.cases.map(\.workload.element) == plan.cases.map(\.element))
    }

    @Test(arguments: ["matmul[b=1,m=1,k=2,n=3,bias=false]/plain/bf16/t1", "matmul[m=1,k=2,n=3]/reference/i8"])
    func namesFindTheirCases(name: String) throws {
        let found = try Planner().cases(named: name)
        #expect(found.count == 1 && found.allSatisfy { $0.name.contains(name.drop { $0 != "/" }) })
        #expect(try Planner().cases(named: found[0].name).map(\.name) == found.map(\.name))
    }

    @Test(arguments: [
        ("elements: f5 }", "t.yaml:1:65: there is no element type 'f5'", "write one of f32, bf16, i8, u8, i32, i64"),
        ("elements: i64 }", "t.yaml:1:65: no implementation of matmul computes i64", "write one of f32, bf16, i8, u8"),
        (
            "elements: i8, implementations: native }", "t.yaml:1:86: matmul has no implementation 'native' of i8",
            "choose one of plain, reference"
        ),
        (
            "elements: [f32, i8], implementations: nativ }", "t.yaml:1:93: matmul has no implementation 'nativ'",
            "did you mean 'native'?"
        ),
        (
            "elements: [f32, i8], implementations: native }",
            "t.yaml:1:9: matmul has no implementation of i8 among those that are named",
            "leave the type out, or name one of plain, reference"
        ),
    ])
    func errorsPointAtTheWord(keys: String, message: String, remedy: String) {
        let error = planError("cases: [{ kernel: matmul, with: { m: 1, k: 1, n: 1 }, \(keys)]")
        #expect(error.map { "\($0.place): \($0.message)" } == message)
        #expect(error?.remedy.contains(remedy) == true, "\(error?.remedy ?? "")")
    }

    @Test func aKernelMustHaveOneOfTheDefaults() {
        let error = planError("defaults: { elements: bf16 }\ncases: [{ kernel: add, with: { elements: 1 } }]")
        #expect(error?.message == "add has none of the suite's default elements")
        #expect(error?.remedy == "choose from f32 with 'elements:' in this case")
    }
}
