// A SQLite connection with its settings and its prepared statements.
#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "base/result.h"
#include "base/time.h"

namespace feedd::sqlite {

// Only a checkpoint or a person's own transaction ever holds the write lock against us.
inline constexpr int kBusyTimeoutMs = 10'000;

// A long text to be bound that lives until the statement has run: SQLite makes no copy of it.
struct Lasting {
    const std::string& text;
};

// A prepared statement in use: values are bound in the order of the ?s, and the statement is reset
// when this goes out of scope, so that no read transaction stays open. Throws SQLite::Exception.
class Query {
  public:
    explicit Query(SQLite::Statement& statement) : statement_(statement) {}
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    template <typename... Values>
    Query& bind(const Values&... values) {
        (bind_one(values), ...);
        return *this;
    }
    // Bytes that are no text; they live until the statement has run.
    Query& bind_blob(std::string_view bytes) {
        statement_.bindNoCopy(++bound_, bytes.data(), static_cast<int>(bytes.size()));
        return *this;
    }
    // True: there is a row, and the columns can be read.
    bool next() { return statement_.executeStep(); }
    // Runs a statement that brings no rows. Returns how many rows it changed.
    int run() { return statement_.exec(); }

    // Columns of the present row, from 0.
    [[nodiscard]] std::string text(int column) const {
        return statement_.getColumn(column).getString();
    }
    [[nodiscard]] std::int64_t integer(int column) const {
        return statement_.getColumn(column).getInt64();
    }
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
    // Of 64 bits: SQLite's numbers have a sign.
    [[nodiscard]] std::optional<std::uint64_t> optional_hash(int column) const;
    [[nodiscard]] std::optional<double> optional_real(int column) const;
    [[nodiscard]] std::optional<Time> time(int column) const;

  private:
    void bind_one(Lasting lasting) { statement_.bindNoCopy(++bound_, lasting.text); }
    // Other texts are copied by SQLite: no view need outlive the call.
    void bind_one(const std::string& text) { statement_.bind(++bound_, text); }
    void bind_one(std::string_view text) { statement_.bind(++bound_, std::string(text)); }
    void bind_one(const char* text) { statement_.bind(++bound_, text); }
    void bind_one(Time time);
    void bind_one(double number) { statement_.bind(++bound_, number); }
    void bind_one(std::nullopt_t) { statement_.bind(++bound_); }
    // STRICT tables take numbers for what they are; a hash keeps its 64 bits.
    template <std::integral Number>
    void bind_one(Number number) {
        statement_.bind(++bound_, static_cast<std::int64_t>(number));
    }
    template <typename Value>
    void bind_one(const std::optional<Value>& value) {
        value ? bind_one(*value) : bind_one(std::nullopt);
    }

    SQLite::Statement& statement_;
    int bound_ = 0;
};

// For one thread at a time. Throws SQLite::Exception.
class Connection {
  public:
    enum class Mode : std::uint8_t { read, write };

    // An existing file to read, or one to write that is made if need be.
    Connection(const std::string& path, Mode mode);

    // The statement of this text, prepared when it is first used. Not to be used twice at a time.
    [[nodiscard]] Query query(std::string_view sql);
    // Statements without parameters or rows.
    void execute(const std::string& sql) { database_.exec(sql); }
    // The only value of a statement without parameters.
    [[nodiscard]] std::int64_t number(std::string_view sql);

    // Whether commits from now on survive a power failure (an fsync each) or only the end of the
    // process. Outside of transactions; durable at first.
    void set_durable(bool durable);
    // No automatic checkpoints any more; instead `committed` is called after each commit, with the
    // bytes that wait in the WAL. It must not throw.
    void on_commit(std::function<void(std::uint64_t)> committed);
    // The rowid of the row that was inserted last. RETURNING would tell it too, but is a trigger to
    // SQLite: each page that such a statement changes is copied first, to be able to take it back.
    [[nodiscard]] std::int64_t inserted() const { return database_.getLastInsertRowid(); }
    // False after SQLite has rolled the transaction back by itself (full disk, I/O error).
    [[nodiscard]] bool in_transaction() const noexcept;
    [[nodiscard]] const std::string& path() const noexcept { return database_.getFilename(); }
    // What was prepared so far.
    [[nodiscard]] std::vector<std::string> statements() const;

  private:
    std::function<void(std::uint64_t)> committed_;  // outlives the database
    SQLite::Database database_;
    bool durable_ = true;
    std::unordered_map<std::string_view, std::unique_ptr<SQLite::Statement>> statements_;
};

// Rolled back unless committed.
class Transaction {
  public:
    enum class Kind : std::uint8_t { read, write };  // write: takes the write lock at once
    Transaction(Connection& connection, Kind kind);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

  private:
    Connection& connection_;
    bool open_ = true;
};

// An SQLite error as a value: what SQLite says, and what to do about the usual ones.
[[nodiscard]] Error to_error(const SQLite::Exception& error, const std::string& path);

template <typename Value>
struct AsResult {
    using Type = Result<Value>;
};
template <typename Value>
struct AsResult<Result<Value>> {
    using Type = Result<Value>;
};

// The answer of `work`, which may be a Result itself, or the SQLite error that it threw.
template <typename Work>
auto guarded(const std::string& path, Work&& work) ->
    typename AsResult<std::invoke_result_t<Work>>::Type {
    try {
        return std::forward<Work>(work)();
    } catch (const SQLite::Exception& error) {
        return tl::unexpected<Error>(to_error(error, path));
    }
}

}  // namespace feedd::sqlite
