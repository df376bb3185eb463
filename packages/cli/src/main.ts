console.log("docdata 0.1.0")
