import Platform
import Results
import Settings
import Workers

// Rejects lines that can be decoded but cannot be true: see `FigureCheck`.

extension ComparisonLine: Checked {
    package func check(_ figures: inout FigureCheck) {
        switch self {
        case .header(let header): figures.inside("header", header)
        case .case(let item): figures.inside("case", item)
        case .round(let round): figures.inside("round", round)
        case .outcome, .code: break
        case .end(let end): figures.amount(end.wallSeconds, "end.wallSeconds")
        }
    }
}

extension ComparisonHeader: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.inside("options", options)
        figures.inside("machine", machine)
    }
}

extension ComparisonOptions: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.require((0...1).contains(margin), "margin", "is \(margin), but must be from 0 to 1")
        figures.require(
            confidence > 0 && confidence < 1, "confidence", "is \(confidence), but must be between 0 and 1")
        figures.amount(budget, "budget")
        figures.amount(timeout, "timeout")
        figures.amount(slowdown, "slowdown")
        figures.count(mostRounds, "mostRounds", in: 1...FigureCheck.mostCount)
        figures.count(rounds, "rounds", in: 1...FigureCheck.mostCount)
        figures.count(layouts, "layouts", in: 1...FigureCheck.mostCount)
    }
}

extension ComparedCase: Checked {
    package func check(_ figures: inout FigureCheck) {
        for side in Side.allCases {
            guard let listed = sides[side] else { continue }
            let field = "sides.\(side.rawValue)"
            figures.count(listed.setting.threads, "\(field).threads", in: 1...FigureCheck.mostThreads)
            // `Int.max` means more than can be counted.
            figures.count(listed.bytes, "\(field).bytes", in: 0...Int.max)
            figures.inside("\(field).costs", listed.costs)
        }
    }
}

extension Round: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(`case`, "case")
        for side in Side.allCases {
            let (samples, facts) = (samples[side], facts[side])
            let field = "samples.\(side.rawValue)"
            figures.require(!samples.seconds.isEmpty, "\(field).seconds", "are missing")
            figures.require(!samples[.cpuShare].isEmpty, "\(field).cpuShare", "is missing")
            figures.inside(field, samples)
            if let index = samples.seconds.firstIndex(of: 0) {
                figures.require(false, "\(field).seconds[\(index)]", "is 0: there is no ratio of a time of zero")
            }
            figures.inside("facts.\(side.rawValue).answer", facts.answer)
            figures.inside("facts.\(side.rawValue).preparation", facts.preparation)
            figures.inside("facts.\(side.rawValue).memory", facts.memory)
        }
    }
}
