// What scripts/bench asks of DuckDB: bench_duckdb.js MODULE DB SQL… runs the statements in a process that has already started.
// Prints the seconds from opening the file until the last statement's rows stand in the engine, those of the last statement
// alone, and the rows, `|` between cells.
const [module_, db, ...statements] = process.argv.slice(2);

(async () => {
    const { DuckDBInstance } = require(module_);
    const since = (start) => Number(process.hrtime.bigint() - start) / 1e9;
    const opened = process.hrtime.bigint();
    const connection = await (await DuckDBInstance.create(db)).connect();
    for (const sql of statements.slice(0, -1)) await connection.run(sql);
    const asked = process.hrtime.bigint();
    const result = await connection.run(statements.at(-1));
    console.log(`${since(opened)} ${since(asked)}`);
    for (const row of await result.getRows()) console.log(row.join("|"));
})().catch((error) => {
    console.error(error.message);
    process.exit(1);
});
