/// Parameters that had another key when older files were written: their cases are those that are called differently now.
package enum FormerNames {
    /// A parameter of some models, by the beginnings of their names.
    private struct Renaming {
        let models: [String]
        let former: String
        let key: String
        /// In suites, and in the parameters of a record.
        let word: String
    }

    private static let residual = ["resnet", "resnext", "wide_resnet", "retinanet_resnet", "deeplabv3_resnet"]
    private static let renamings = [
        Renaming(models: residual, former: "width", key: "width_per_group", word: "width_per_group"),
        Renaming(models: ["vit_"], former: "width", key: "hidden", word: "hidden"),
        Renaming(models: ["vit_"], former: "depth", key: "blocks", word: "blocks"),
        Renaming(models: ["convnext_"], former: "width", key: "c", word: "channels"),
        Renaming(models: ["convnext_isotropic_"], former: "depth", key: "blocks", word: "blocks"),
    ]

    /// The name of a case as it is called now.
    package static func current(case name: String) -> String {
        guard let bracket = name.firstIndex(of: "[") else { return name }
        var (model, rest) = (name[..<bracket], String(name[bracket...]))
        for renaming in renamings where renaming.models.contains(where: model.hasPrefix) {
            for before in ["[", ","] {
                rest = rest.replacing("\(before)\(renaming.former)=", with: "\(before)\(renaming.key)=")
            }
        }
        model += rest
        return String(model)
    }

    /// The parameters of a model by their words of now.
    package static func current(parameters: [String: String], of model: String) -> [String: String] {
        var current = parameters
        for renaming in renamings where renaming.models.contains(where: model.hasPrefix) {
            if current[renaming.word] == nil, let value = current.removeValue(forKey: renaming.former) {
                current[renaming.word] = value
            }
        }
        return current
    }
}

extension Record {
    /// The same record by the names of now.
    var withCurrentNames: Record {
        var record = self
        record.case = FormerNames.current(case: `case`)
        record.parameters = FormerNames.current(parameters: parameters, of: name)
        return record
    }
}
