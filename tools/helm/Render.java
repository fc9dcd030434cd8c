import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Files;
import java.nio.file.Path;

/** `java -cp JARS Render.java CHART (VALUES RESULT)...`: lints the chart, then renders it with each file of values. */
public class Render {
  public static void main(String[] args) throws Exception {
    Helm chart = new Helm(Path.of(args[0]));
    LintResult lint = chart.lint().call();
    lint.getMessages().forEach(System.out::println);
    for (int i = 1; i < args.length; i += 2) {
      String result;
      try {
        result = chart.template().withName("site").withNamespace("rights").withKubeVersion("1.31.0").withValuesFile(Path.of(args[i])).call();
      } catch (RuntimeException refused) {
        result = "REFUSED " + refused.getMessage();
      }
      Files.writeString(Path.of(args[i + 1]), result);
    }
  }
}
