// Checks PDF files against PDF/UA-1 with the veraPDF library: java -cp ... Ua.java FILE...
// One line "PASS file" or "FAIL file" each, then one indented line for each failed assertion.

import java.io.File;
import java.io.InputStream;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

public class Ua {
    // The library's own list of profiles is empty; the file is in the jar all the same.
    private static final String PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml";

    public static void main(String[] names) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        ValidationProfile profile;
        try (InputStream stream = Ua.class.getClassLoader().getResourceAsStream(PROFILE)) {
            profile = Profiles.profileFromXml(stream);
        }
        for (String name : names) {
            check(profile, name);
        }
    }

    private static void check(ValidationProfile profile, String name) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(name), profile.getPDFAFlavour());
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, -1, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + name);
            for (TestAssertion test : result.getTestAssertions()) {
                if (test.getStatus() == TestAssertion.Status.FAILED) {
                    System.out.println("  " + test.getRuleId().getClause() + "-" + test.getRuleId().getTestNumber()
                            + " " + test.getMessage() + " | " + test.getLocation().getContext());
                }
            }
        }
    }
}
