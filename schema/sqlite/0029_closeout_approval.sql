-- Who let be what the books find open; NULL: nobody had to.
ALTER TABLE closeout ADD COLUMN approved_by INTEGER REFERENCES employee (id);
