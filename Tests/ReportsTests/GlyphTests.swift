import Reports
import Testing

@Suite struct GlyphTests {
    @Test func whatNoFontHasIsASquare() {
        let latin = Glyphs("20-7e a0-17f\n25a1 2010-2026")
        #expect(latin.legible("plain ± é …") == "plain ± é …")
        #expect(latin.legible("\u{1F680} fast \u{884C}\u{5217}") == "□ fast □□")
        #expect(Glyphs("20-7e a0-17f\n4e00-9fff").legible("\u{884C}\u{1F680}") == "\u{884C}?")
        // Nothing is drawn for a selector of variants.
        #expect(latin.legible("a\u{FE0F}") == "a\u{FE0F}")
    }

    @Test(arguments: ["", "no fonts: an error\n"])
    func whereFontsAreNotToldOurOwnSignsStay(listing: String) {
        #expect(Glyphs(listing).legible("a – b … é \u{884C}") == "a – b … é ?")
    }
}
