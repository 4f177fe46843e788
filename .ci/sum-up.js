import { readFileSync } from "node:fs";

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(process.argv[2], "utf8"));
// A file that could not be loaded ran none of its tests, so it counts as one that failed.
const unloaded = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
process.stdout.write(`${numPassedTests} passed, ${numFailedTests + unloaded} failed\n`);
