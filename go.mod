module standpoint

go 1.26
