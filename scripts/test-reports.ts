// Reads the JSON reports of the test runners into counts. Pure.
export interface TestCounts {
  passed: number;
  failed: number;
  /** Names of the skipped tests, with the reason where one was given. */
  skipped: string[];
}

interface VitestReport {
  testResults: {
    status: string;
    message?: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

export function countVitest(text: string): TestCounts {
  const report = JSON.parse(text) as VitestReport;
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  // A file that could not be loaded has failed without any test of its own.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + brokenFiles.length,
    skipped: tests.filter((test) => !['passed', 'failed'].includes(test.status)).map((test) => test.fullName),
  };
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs?: {
    title: string;
    tests: {
      projectName: string;
      status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
      annotations?: { type: string; description?: string }[];
    }[];
  }[];
}

export function countPlaywright(text: string): TestCounts {
  const report = JSON.parse(text) as { suites: PlaywrightSuite[]; errors: unknown[] };
  const counts: TestCounts = { passed: 0, failed: report.errors.length, skipped: [] };
  const visit = (suite: PlaywrightSuite): void => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'skipped') {
          const reason = test.annotations?.find((annotation) => annotation.type === 'skip')?.description;
          counts.skipped.push(`${suite.title} › ${spec.title}${reason ? ` (${reason})` : ''}`);
        } else if (test.status === 'unexpected') counts.failed += 1;
        else counts.passed += 1;
      }
    }
    for (const inner of suite.suites ?? []) visit(inner);
  };
  for (const suite of report.suites) visit(suite);
  return counts;
}
