import Results
import Running
import Testing
import Workloads

/// The names of parameters over the whole catalog of models.
@Suite struct ParameterNameTests {
    private static let schemas = Catalog.all.models.map { $0.schema }

    @Test func aNameMeansOneThingInAllModels() {
        var meanings: [String: (other: String, kind: Parameter.Kind, model: String)] = [:]
        for schema in Self.schemas {
            for parameter in schema.parameters {
                for (name, other) in [(parameter.key, parameter.word), (parameter.word, parameter.key)] {
                    let meaning = meanings[name] ?? (other, parameter.kind, schema.name)
                    meanings[name] = meaning
                    #expect(
                        [name, other].contains(meaning.other) && meaning.kind == parameter.kind,
                        "'\(name)' of \(schema.name) is another in \(meaning.model)")
                }
            }
        }
        #expect(meanings["width"]?.kind == .real(0.01...16))
        #expect(meanings["width_per_group"] != nil)
    }

    @Test(arguments: [
        ("resnet50", "width=32", "width_per_group=32"), ("vit_b_16", "width=192,depth=2", "hidden=192,blocks=2"),
        ("convnext_tiny", "width=48", "channels=48"),
    ])
    func aFormerNameIsStillRead(model: String, former: String, current: String) throws {
        func arguments(_ text: String) throws -> Arguments {
            let type = try Catalog.all.workload("model", model)
            return try type.schema.arguments(from: try CaseName(parsing: "\(model)[\(text)]").given)
        }
        #expect(try arguments(former) == arguments(current))
        #expect(throws: ShapeError.self) { try arguments("\(former),\(current)") }
    }

    /// Results that are older than a name are found under it.
    @Test func filesWithFormerNamesAreReadWithThoseOfNow() {
        var renamed = 0
        for schema in Self.schemas {
            for parameter in schema.parameters {
                for former in parameter.formerKeys {
                    renamed += 1
                    #expect(
                        FormerNames.current(case: "\(schema.name)[n=1,\(former)=5,\(former)s=6]/native/f32/t1")
                            == "\(schema.name)[n=1,\(parameter.key)=5,\(former)s=6]/native/f32/t1")
                    #expect(
                        FormerNames.current(parameters: [former: "5", "n": "1"], of: schema.name)
                            == [parameter.word: "5", "n": "1"])
                }
            }
        }
        #expect(renamed > 20)
        let kept = "mobilenet_v2[n=1,width=0.35]/native/f32/t1"
        #expect(FormerNames.current(case: kept) == kept)
        #expect(FormerNames.current(case: "null[]/native/f32/t1") == "null[]/native/f32/t1")
    }

    @Test func whatAModelWasNotMadeForIsADoubt() throws {
        func doubts(_ model: String, _ text: String) throws -> [String] {
            let schema = try Catalog.all.workload("model", model).schema
            return schema.doubts(try schema.arguments(from: try CaseName(parsing: "\(model)[\(text)]").given))
        }
        let slip = try doubts("retinanet_resnet50_fpn", "width=1333")
        #expect(slip.count == 1)
        #expect(slip.first?.contains("width_per_group=1333") == true)
        #expect(try doubts("mobilenet_v2", "width=8").first?.contains("0.1 to 4 is usual") == true)
        #expect(try doubts("vit_b_16", "resolution=8192").count == 2)
        for schema in Self.schemas {
            let given = try CaseName(parsing: "\(schema.name)[\(schema.example)]").given
            #expect(schema.doubts(try schema.arguments(from: given)).isEmpty, "\(schema.name)")
        }
    }
}
