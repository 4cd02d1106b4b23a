package dev.keyswitch.sdk;

import dev.keyswitch.contract.value.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Walks a list page by page; a page is fetched when its first item is needed.
final class Pages<T> implements Iterator<T> {
    private static final int IDS_A_CALL = 100;

    private final Function<@Nullable String, Page<T>> fetch;
    private Iterator<T> items;
    private @Nullable String nextCursor;

    private Pages(Function<@Nullable String, Page<T>> fetch, @Nullable String firstCursor) {
        this.fetch = fetch;
        Page<T> first = fetch.apply(firstCursor);
        this.items = first.items().iterator();
        this.nextCursor = first.nextCursor();
    }

    /// @param fetch the page at a cursor
    static <T> Stream<T> stream(Function<@Nullable String, Page<T>> fetch, @Nullable String firstCursor) {
        return Stream.of(fetch)
                .map(page -> new Pages<>(page, firstCursor))
                .flatMap(pages -> StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED | Spliterator.NONNULL), false));
    }

    /// The things with these ids, piece by piece.
    static <T> List<T> withIds(Collection<UUID> ids, Function<List<UUID>, Page<T>> fetch) {
        List<UUID> all = ids.stream().distinct().toList();
        List<T> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS_A_CALL) {
            found.addAll(fetch.apply(all.subList(from, Math.min(from + IDS_A_CALL, all.size()))).items());
        }
        return found;
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && nextCursor != null) {
            Page<T> page = fetch.apply(nextCursor);
            items = page.items().iterator();
            nextCursor = page.nextCursor();
        }
        return items.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
