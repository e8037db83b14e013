/// What is known about a case apart from its times; nil for what is unknown.
package struct CaseFacts: Sendable, Hashable {
    package let costs: CountedCosts?
    package let answer: Answer?
    package let preparation: Preparation?
    package let memory: Memory?

    package init(costs: CountedCosts?, answer: Answer?, preparation: Preparation?, memory: Memory?) {
        self.costs = costs
        self.answer = answer
        self.preparation = preparation
        self.memory = memory
    }
}

extension Record {
    package var facts: CaseFacts {
        CaseFacts(costs: costs, answer: answer, preparation: preparation, memory: memory)
    }
}
