import Running
import Testing
import Workloads

@Suite struct OverrideTests {
    private let text = """
        cases:
          - { kernel: matmul, implementations: openblas, with: { m: 1, k: 1, n: 1 } }
          - { model: resnet18, implementations: native, with: { resolution: 32, without: fuse-residual } }
        """

    private func overrides(_ word: String, _ text: String) -> PlanOverrides {
        PlanOverrides(models: [ModelOverride(word: word, text: text, option: "--\(word)")])
    }

    @Test func modelsHaveWhatTheCommandLineSaysAndKernelsStay() throws {
        let names = try plan(text, overrides: overrides("without", "fold-batch-norm")).cases.map(\.name)
        #expect(names[0] == "matmul[b=1,m=1,k=1,n=1,bias=false]/openblas/f32/t1")
        #expect(names[1].contains("without=fold-batch-norm]"))
    }

    @Test func aCaseByNameToo() throws {
        let planner = Planner(overrides: overrides("layers", "conv1=openblas"))
        let item = try #require(try planner.cases(named: "resnet18[resolution=32]/native").first)
        #expect(item.name.contains(#"layers="conv1=openblas"]"#))
        let again = try Planner().cases(named: item.name)
        #expect(again.map(\.name) == [item.name])
    }

    @Test func errorsPointAtTheOption() {
        let error = planError(text, overrides: overrides("without", "fold-batchnorm"))
        #expect(error?.place == Place(file: "--without"))
        #expect(error?.remedy == "did you mean 'fold-batch-norm'?")
        #expect(planError(text, overrides: overrides("layers", "conv7=native"))?.place == Place(file: "--layers"))
    }
}
