// SPDX-FileCopyrightText: Nest authors
// SPDX-License-Identifier: GPL-3.0-or-later
import express from 'express';
const app = express();
app.get('/', (request, response) => response.send('hello'));
const server = app.listen(0, '127.0.0.1', () => console.log(server.address().port));
